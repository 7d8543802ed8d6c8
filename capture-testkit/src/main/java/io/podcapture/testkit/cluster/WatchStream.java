package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One watch: a connection that gets one event after the other, in frames or as pieces of an answer, until its client leaves. */
final class WatchStream {
    private final ObjectStore store;
    private final HttpConnection connection;
    private final Watches watches;

    /** The way to the client. */
    interface Out {
        void send(Object event) throws IOException;

        void end() throws IOException;
    }

    WatchStream(ObjectStore store, HttpConnection connection, Watches watches) {
        this.store = store;
        this.connection = connection;
        this.watches = watches;
    }

    /** Runs it; afterwards the connection is of no more use. */
    void run(ApiPath path, HttpRequest request) throws IOException {
        if (request.isUpgrade()) {
            WebSocketChannel channel = WebSocketChannel.accept(connection, request);
            run(path, request, frames(channel), channel::receive);
            channel.close(1000);
        } else {
            connection.beginPieces();
            run(path, request, pieces(), () ->
                    new byte[] {(byte) connection.in().read()});
        }
    }

    private static Out frames(WebSocketChannel channel) {
        return new Out() {
            @Override
            public void send(Object event) throws IOException {
                channel.text(event);
            }

            @Override
            public void end() throws IOException {
                channel.close(1000);
            }
        };
    }

    private Out pieces() {
        return new Out() {
            @Override
            public void send(Object event) throws IOException {
                connection.piece(event);
            }

            @Override
            public void end() throws IOException {
                connection.endPieces();
                connection.close();
            }
        };
    }

    private interface In {
        byte[] receive() throws IOException;
    }

    private void run(ApiPath path, HttpRequest request, Out client, In in) throws IOException {
        WatchQueue out = watches.queue(client, connection::close);
        try {
            run(path, request, out, in);
        } finally {
            out.stop();
        }
    }

    private void run(ApiPath path, HttpRequest request, WatchQueue out, In in) throws IOException {
        Predicate<Map<String, Object>> selector = Selector.of(request);
        Consumer<ObjectStore.Event> listener = event -> send(event, selector, out);
        String version = request.parameter("resourceVersion");
        long after = version.matches("\\d{1,18}") ? Long.parseLong(version) : 0;
        if (!watches.begin(out, after)) {
            in.receive();
            return;
        }
        store.watch(
                after,
                event -> event.resource().equals(path.resource())
                        && (path.namespace().isEmpty() || path.namespace().equals(event.namespace())),
                listener);
        out.bound();
        try {
            // A client has nothing more to say on a watch: what comes is its end.
            in.receive();
        } finally {
            watches.end(out);
            store.unwatch(listener);
        }
    }

    // Who watches some of all sees a change into these as a coming, and one out of them as an end of what was before.
    private static void send(ObjectStore.Event event, Predicate<Map<String, Object>> selector, WatchQueue out) {
        boolean was = !event.before().isEmpty() && selector.test(event.before());
        boolean is = !event.type().equals("DELETED") && selector.test(event.object());
        if (!was && !is) {
            return;
        }
        Map<String, Object> object = event.object();
        if (!is) {
            object = Json.copy(event.before());
            Json.within(object, "metadata").put("resourceVersion", Long.toString(event.version()));
        }
        String type = !is ? "DELETED" : was ? "MODIFIED" : "ADDED";
        out.send(Map.of("type", type, "object", object));
    }
}
