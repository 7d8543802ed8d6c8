package io.podcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The text of one capture, from its first packet to the end of the tcpdump that makes it.
 *
 * <p>One thread feeds tcpdump and another one delivers what it prints. The steps here may come from any.
 */
final class PacketText {
    private final PointCapture capture;
    private final PartFile part;
    private final TextTcpdump tcpdump;
    private final TextDelivery delivery;
    private final Executor executor;
    private final TextFeed feed;
    private final Object lock = new Object();
    private Optional<Work<?>> feeding = Optional.empty();
    private Optional<TextProcess> process = Optional.empty();
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

    /**
     * Begins; what was captured before is shown too. Returns what completes when tcpdump and both threads have ended: at once
     * where there is no thread for it, which harms nothing but the text.
     */
    CompletableFuture<Void> begin() {
        part.onWrite(feed::tellNews);
        capture.result().whenComplete((result, failed) -> feed.end());
        try {
            Work<?> work = Work.begin(executor, this::run);
            synchronized (lock) {
                feeding = Optional.of(work);
            }
            return work.result().handle((done, failed) -> 0).thenCompose(fed -> delivered());
        } catch (RuntimeException | Error e) {
            fail("no thread for it: " + e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletableFuture<Void> delivered() {
        return process().map(TextProcess::delivered).orElse(CompletableFuture.completedFuture(null));
    }

    private Optional<TextProcess> process() {
        synchronized (lock) {
            return process;
        }
    }

    /** Calls the reader no more, whatever is still to be shown, and says why. Does nothing where all was. */
    void silence(String why) {
        synchronized (lock) {
            if (isUnderWay()) {
                givenUp = true;
                failure = why;
            }
        }
        delivery.end();
    }

    /** Ends it now, after {@link #silence}. */
    void giveUp() {
        synchronized (lock) {
            if (isUnderWay()) {
                feeding.orElseThrow().interrupt();
                process.ifPresent(TextProcess::giveUp);
            }
        }
    }

    private boolean isUnderWay() {
        return feeding.filter(work -> !work.result().isDone()).isPresent();
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
        Optional<TextProcess> started = process();
        if (started.isPresent()) {
            awaitEnd(started.get());
        }
        return true;
    }

    private void awaitEnd(TextProcess started) throws InterruptedException {
        try {
            Optional<String> wrong = started.awaitEnd();
            if (wrong.isPresent()) {
                fail(wrong.get());
                delivery.tell("text ended: " + wrong.get());
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private OutputStream start() throws IOException {
        synchronized (lock) {
            if (givenUp) {
                throw new IOException("it was given up");
            }
            TextProcess started = TextProcess.start(tcpdump, delivery, feed, executor);
            process = Optional.of(started);
            return started.standardInput();
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
