package io.podcapture;

/**
 * Is told what happens in a session. Called on threads of the session, one call at a time; a listener that is slow misses
 * some {@link #progress} and harms nothing, one that throws is not heard.
 *
 * @since 0.1
 */
public interface CaptureListener {
    /** A capture point is proven to be capturing. */
    default void ready(CapturePoint point, String interfaceName, String method) {}

    /** Counts of all captures, about once a second while the session runs. */
    default void progress(CaptureProgress now) {}

    /** A capture ended; the other ones go on. */
    default void ended(PointResult result) {}

    /** A point of a target appeared after the start. It is not captured. */
    default void joined(CapturePoint point) {}

    /** A point of a target went away; its capture ends. */
    default void gone(CapturePoint point, String reason) {}
}
