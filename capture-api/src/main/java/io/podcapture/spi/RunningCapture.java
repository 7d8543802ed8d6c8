package io.podcapture.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A capture that has begun: asked to stop, waited for, then released. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface RunningCapture extends AutoCloseable {
    /** Asks the tool to end and to give out what it has; does not wait. Asking again changes nothing. */
    void stop();

    /**
     * Returns a stage that completes with how the capture ended, whatever the cause, after the last octet is in the sink. It
     * never completes exceptionally.
     */
    CompletionStage<Ending> ended();

    /**
     * Asks the tool what it has counted so far. Packets that passed the kernel's filter before this call are among those
     * received.
     *
     * @return a stage with the counts; empty if the tool cannot tell while it runs. It may never complete when the tool dies
     */
    default CompletionStage<Optional<ToolCounters>> counters() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Reads the clock that stamps the packets.
     *
     * @return a stage with what it said; empty if nobody can tell. It may never complete when the tool dies
     */
    default CompletionStage<Optional<ClockReading>> clock() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Tells whether packets reach the sink only at the end: the tool writes where it runs, and all of it is fetched after the
     * stop. The header is then no sign of readiness, and no snapshot can be taken.
     */
    default boolean deliversAtEnd() {
        return false;
    }

    /** Returns the longest time that the kernel holds a packet back before the tool sees it; zero if there is no such buffer. */
    default Duration handOver() {
        return Duration.ZERO;
    }

    /**
     * Acknowledges that everything was received, and releases what the capture holds. Before the end it gives the capture up.
     * Never throws.
     */
    @Override
    void close();
}
