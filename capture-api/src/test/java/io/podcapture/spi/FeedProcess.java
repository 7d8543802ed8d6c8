package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A remote process whose every word is a test's. Closing it breaks its streams. */
final class FeedProcess implements RemoteProcess {
    final Feed out = new Feed();
    final Feed err = new Feed();
    final List<String> sent = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    volatile boolean receiving = true;
    volatile boolean broken;
    volatile String nonce = "";

    /** Stands in for the shell: what it starts is this. */
    RemoteShell shell() {
        return argv -> {
            nonce = argv.get(4);
            return this;
        };
    }

    void listen() {
        err.give("podcapture " + nonce + " pid 1\n" + StandIn.LISTENING.replace("\\n", "\n"));
    }

    /** Ends as the script does. */
    void exit(int status) {
        err.give("podcapture " + nonce + " exit " + status + "\n");
        out.give(trailer(status));
    }

    String trailer(int status) {
        return WrapperScript.trailer(nonce) + String.format("%03d\n", status);
    }

    /** Ends as a connection that breaks. */
    void breakOff() {
        exit.completeExceptionally(new IOException("gone"));
        err.breakOff();
        out.breakOff();
    }

    @Override
    public InputStream stdout() {
        return out;
    }

    @Override
    public InputStream stderr() {
        return err;
    }

    @Override
    public void send(String line) throws IOException {
        if (broken) {
            throw new IOException("broken pipe");
        }
        sent.add(line);
        if (line.equals("ack")) {
            exit.complete(0);
        }
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return exit;
    }

    @Override
    public boolean receiving() {
        return receiving;
    }

    @Override
    public void close() {
        closed.complete(null);
        breakOff();
    }
}
