package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One watch: a connection that gets one event after the other, in frames or as pieces of an answer, until its client leaves. */
final class WatchStream {
    private final ObjectStore store;
    private final HttpConnection connection;

    private interface Out {
        void send(Object event) throws IOException;
    }

    WatchStream(ObjectStore store, HttpConnection connection) {
        this.store = store;
        this.connection = connection;
    }

    /** Runs it; afterwards the connection is of no more use. */
    void run(ApiPath path, HttpRequest request) throws IOException {
        if (request.isUpgrade()) {
            WebSocketChannel channel = WebSocketChannel.accept(connection, request);
            run(path, request, channel::text, channel::receive);
            channel.close(1000);
        } else {
            connection.beginPieces();
            run(path, request, connection::piece, () ->
                    new byte[] {(byte) connection.in().read()});
        }
    }

    private interface In {
        byte[] receive() throws IOException;
    }

    private void run(ApiPath path, HttpRequest request, Out out, In in) throws IOException {
        Predicate<Map<String, Object>> selector = Selector.of(request);
        Consumer<ObjectStore.Event> listener = event -> send(event, out);
        String version = request.parameter("resourceVersion");
        store.watch(
                version.matches("\\d{1,18}") ? Long.parseLong(version) : 0,
                event -> event.resource().equals(path.resource())
                        && (path.namespace().isEmpty() || path.namespace().equals(event.namespace()))
                        && selector.test(event.object()),
                listener);
        try {
            // A client has nothing more to say on a watch: what comes is its end.
            in.receive();
        } finally {
            store.unwatch(listener);
        }
    }

    private static void send(ObjectStore.Event event, Out out) {
        try {
            out.send(Map.of("type", event.type(), "object", event.object()));
        } catch (IOException gone) {
            // The reader of the connection sees it too.
        }
    }
}
