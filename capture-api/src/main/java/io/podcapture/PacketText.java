package io.podcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * The text of one capture, from its first packet to the end of the tcpdump that makes it.
 *
 * <p>One thread feeds tcpdump and another one delivers what it prints. The steps here may come from any.
 */
final class PacketText {
    private static final int LONGEST_COMPLAINT = 2000;

    private final PointCapture capture;
    private final PartFile part;
    private final TextTcpdump tcpdump;
    private final TextDelivery delivery;
    private final Executor executor;
    private final TextFeed feed;
    private final Object lock = new Object();
    private Optional<Process> process = Optional.empty();
    private Optional<Work<?>> feeding = Optional.empty();
    private Optional<Work<?>> delivering = Optional.empty();
    private boolean givenUp;
    private volatile String failure = "";

    PacketText(PointCapture capture, PartFile part, TextTcpdump tcpdump, TextDelivery delivery, Executor executor) {
        this.capture = capture;
        this.part = part;
        this.tcpdump = tcpdump;
        this.delivery = delivery;
        this.executor = executor;
        // Packets that all come at the end are not late.
        this.feed = new TextFeed(part, capture.deliversAtEnd() ? Long.MAX_VALUE : TextFeed.FAR_BEHIND);
    }

    /** Begins; what was captured before is shown too. Returns what completes when tcpdump and both threads have ended. */
    CompletableFuture<Void> begin() {
        part.onWrite(feed::tellNews);
        capture.result().whenComplete((result, failed) -> feed.end());
        Work<?> work = Work.begin(executor, this::run);
        synchronized (lock) {
            feeding = Optional.of(work);
        }
        return work.result().handle((done, failed) -> 0).thenCompose(fed -> delivered());
    }

    private CompletableFuture<Void> delivered() {
        synchronized (lock) {
            return delivering
                    .map(work -> work.result().<Void>handle((done, failed) -> null))
                    .orElse(CompletableFuture.completedFuture(null));
        }
    }

    /** Calls the reader no more. */
    void silence() {
        delivery.end();
    }

    /** Ends it now, whatever is still to be shown. Does nothing where all was. */
    void giveUp(String why) {
        synchronized (lock) {
            if (feeding.filter(work -> work.result().isDone()).isPresent()) {
                return;
            }
            givenUp = true;
            failure = why;
            feeding.ifPresent(Work::interrupt);
            delivering.ifPresent(Work::interrupt);
            process.ifPresent(Process::destroyForcibly);
        }
    }

    /** Returns in words what was not shown; to be asked when the capture has its result. */
    Optional<String> shortfall() {
        long missing = part.records() - delivery.shown();
        if (missing <= 0) {
            return Optional.empty();
        }
        return Optional.of("text of " + capture.request().point() + " ("
                + capture.request().interfaceName() + "): " + missing + " of " + part.records()
                + " packets not shown: "
                + (failure.isEmpty() ? "they came faster than they were read" : failure));
    }

    private boolean run() throws InterruptedException {
        try {
            feed.feed(this::start);
        } catch (IOException | RuntimeException e) {
            // Most often a broken pipe: what tcpdump itself says of its end is worth more.
            fail(String.valueOf(e.getMessage()));
        }
        try {
            awaitEnd();
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void awaitEnd() throws IOException, InterruptedException {
        Optional<Process> started;
        Optional<Work<?>> delivered;
        synchronized (lock) {
            started = process;
            delivered = delivering;
        }
        if (started.isEmpty() || delivered.isEmpty()) {
            return;
        }
        try {
            delivered.get().result().get();
        } catch (ExecutionException e) {
            fail("its reader failed: " + e.getCause());
            return;
        }
        int status = started.get().waitFor();
        if (status != 0) {
            String complaint =
                    new String(started.get().getErrorStream().readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8);
            fail("tcpdump ended with status " + status + ": "
                    + complaint.strip().replace('\n', ' '));
            delivery.tell("text ended: " + failure);
        }
    }

    private OutputStream start() throws IOException {
        synchronized (lock) {
            if (givenUp) {
                throw new IOException("it was given up");
            }
            Process started = tcpdump.start();
            process = Optional.of(started);
            delivering = Optional.of(Work.begin(executor, () -> deliver(started)));
            return started.getOutputStream();
        }
    }

    private boolean deliver(Process from) throws Exception {
        try {
            delivery.deliver(from.inputReader(StandardCharsets.UTF_8), feed);
            return true;
        } catch (Throwable e) {
            // Who feeds it would wait for ever for its output to be read.
            from.destroyForcibly();
            throw e;
        } finally {
            // A tcpdump that is gone shall not be noticed with the next packet only.
            feed.end();
        }
    }

    private void fail(String why) {
        synchronized (lock) {
            if (!givenUp) {
                failure = why;
            }
        }
    }
}
