package io.podcapture.spi;

import java.time.Duration;

/**
 * The passing of time, as a session sees it. Tests put a clock of their own in its place.
 *
 * @since 0.1
 */
public interface Timers {
    /** Returns nanoseconds since some fixed moment, for differences only. */
    long nanoTime();

    /**
     * Runs a task once, after a delay, on a thread of the timer. The task returns quickly.
     *
     * @return a handle that calls the task off
     */
    Handle after(Duration delay, Runnable task);

    /** Calls a task off. */
    @FunctionalInterface
    interface Handle {
        /** Calls it off; does nothing when it has run. */
        void cancel();
    }
}
