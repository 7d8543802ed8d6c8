package io.podcapture;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the capture of one interface of one point went.
 *
 * @since 0.1
 */
public sealed interface PointResult permits PointReport {
    /** Returns whose packets. */
    CapturePoint point();

    /** Returns on which interface. */
    String interfaceName();

    /** Returns the capture filter; empty for everything. */
    String filter();

    /** Returns how whole it is. */
    Outcome outcome();

    /** Returns why it ended. */
    EndCause endedBy();

    /** Returns what failed, if something did. */
    Optional<FailureReason> reason();

    /** Returns in words what is missing or failed, with the numbers; empty when it is complete. */
    String explanation();

    /** Returns the method that took the packets; empty when none could start. */
    Optional<String> method();

    /** Returns the methods that were tried before, each with why it could not be used. */
    List<String> passedOver();

    /** Returns how it was proven that nothing was left in the kernel buffer. */
    DrainProof drain();

    /** Returns what was counted. */
    CaptureStatistics statistics();

    /** Returns what the clock of its packets is ahead of ours; empty where nobody could tell. */
    Optional<ClockOffset> clock();

    /** Returns since when it was proven to capture; empty when it never was. */
    Optional<Instant> capturing();

    /** Returns when it ended. */
    Instant ended();
}
