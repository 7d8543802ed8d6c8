package io.podcapture.spi;

import io.podcapture.CapturePoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * What a session offers to one capture of a method. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface MethodContext extends CleanupScope {
    /** Returns the session's id, letters and digits in lower case: the mark on everything made for it. */
    String sessionId();

    /** Returns how much time the start has left; zero when it is up. */
    Duration remaining();

    /** Returns threads for blocking work; each task gets one of its own. */
    Executor executor();

    /** Returns the session's timers. */
    Timers timers();

    /** Adds a line to what is told when the capture fails, the tool's own words for instance; the last ones are kept. */
    void diagnostic(String line);

    /** Says what the tool is asked for, where that is not just the request: a longer filter, a smaller buffer. */
    void inForce(CaptureRequest asked);

    /** Returns how many captures the session has at such points, this one included. */
    int captures(Predicate<CapturePoint> points);

    /** Adds to what is known of the capture point, the container that the tool runs in for instance. */
    void attribute(String key, String value);

    /** Adds a line to the warnings of the result. */
    void warning(String line);

    /**
     * Returns what several captures of the session share, made by the first that asks; others wait for it. Its cleanups run
     * after those of all captures.
     *
     * @param key names it within the session, for instance {@code node/worker-1}
     */
    <T> T shared(String key, Class<T> type, SharedFactory<T> factory) throws IOException, InterruptedException;

    /** Makes what is shared. */
    @FunctionalInterface
    interface SharedFactory<T> {
        /** Makes it; a failure is told to all who wait for it. */
        T make(CleanupScope scope) throws IOException, InterruptedException;
    }
}
