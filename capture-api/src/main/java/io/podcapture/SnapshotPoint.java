package io.podcapture;

import java.util.Optional;

/**
 * What a {@link Snapshot} holds of one interface of one capture point. Immutable.
 *
 * @since 0.1
 */
public sealed interface SnapshotPoint permits SnapshotPointReport {
    /** Returns whose packets. */
    CapturePoint point();

    /** Returns on which interface. */
    String interfaceName();

    /** Returns how whole the window is. */
    Outcome outcome();

    /** Returns in words what is missing; empty when nothing is. */
    String explanation();

    /** Returns how it was proven that every packet sent before the window's end is there. */
    DrainProof drain();

    /** Returns what the clock of its packets is ahead of ours; empty where nobody could tell. */
    Optional<ClockOffset> clock();
}
