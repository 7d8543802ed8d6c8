package io.podcapture.spi;

import io.podcapture.CapturePoint;

/**
 * Is told of capture points that come and go. Called by any thread; returns quickly.
 *
 * @since 0.1
 */
public interface PointListener {
    /** A point is there. */
    void joined(CapturePoint point);

    /**
     * A point went away.
     *
     * @param reason what happened to it, in words
     */
    void gone(CapturePoint point, String reason);
}
