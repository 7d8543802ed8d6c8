package io.podcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** A tcpdump that makes the text of one capture, and the thread that delivers what it prints. Its steps may come from any. */
final class TextProcess {
    private static final int LONGEST_COMPLAINT = 2000;

    private final Process tcpdump;
    private final Work<Boolean> delivering;

    private TextProcess(Process tcpdump, Work<Boolean> delivering) {
        this.tcpdump = tcpdump;
        this.delivering = delivering;
    }

    /** Starts both, or neither. */
    static TextProcess start(TextTcpdump tool, TextDelivery delivery, TextFeed feed, Executor executor)
            throws IOException {
        Process tcpdump = tool.start();
        try {
            return new TextProcess(tcpdump, Work.begin(executor, () -> deliver(tcpdump, delivery, feed)));
        } catch (RuntimeException | Error e) {
            tcpdump.destroyForcibly();
            throw new IOException("no thread for what tcpdump prints: " + e, e);
        }
    }

    OutputStream standardInput() {
        return tcpdump.getOutputStream();
    }

    /**
     * Waits until all that tcpdump prints is delivered and it has ended; returns in words what was wrong with its end.
     *
     * @throws IOException if its output cannot be read, or the tap's reader failed
     */
    Optional<String> awaitEnd() throws IOException, InterruptedException {
        boolean wholeText;
        try {
            wholeText = delivering.result().get();
        } catch (ExecutionException e) {
            throw new IOException("its reader failed: " + e.getCause(), e);
        }
        int status = tcpdump.waitFor();
        if (status != 0) {
            String complaint =
                    new String(tcpdump.getErrorStream().readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8);
            return Optional.of("tcpdump ended with status " + status + ": "
                    + complaint.strip().replace('\n', ' '));
        }
        return wholeText ? Optional.empty() : Optional.of("tcpdump ended by itself");
    }

    /** Ends both now. */
    void giveUp() {
        delivering.interrupt();
        tcpdump.destroyForcibly();
    }

    /** Returns what completes when nothing is delivered any more. */
    CompletableFuture<Void> delivered() {
        return delivering.result().handle((done, failed) -> null);
    }

    /** Returns whether the output ended because there was no more to print. */
    private static boolean deliver(Process tcpdump, TextDelivery delivery, TextFeed feed) throws Exception {
        try {
            delivery.deliver(tcpdump.inputReader(StandardCharsets.UTF_8), feed);
            return feed.isPrinted();
        } catch (Throwable e) {
            // Who feeds it would wait for ever for its output to be read.
            tcpdump.destroyForcibly();
            throw e;
        } finally {
            // A tcpdump that is gone shall not be noticed with the next packet only.
            feed.end();
        }
    }
}
