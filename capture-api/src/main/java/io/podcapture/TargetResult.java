package io.podcapture;

import java.util.List;

/**
 * How the captures of one target went.
 *
 * @since 0.1
 */
public sealed interface TargetResult permits TargetReport {
    /** Returns what was captured. */
    Target target();

    /** Returns the outcome of all its points together. */
    Outcome outcome();

    /** Returns one result per capture point and interface. */
    List<PointResult> points();
}
