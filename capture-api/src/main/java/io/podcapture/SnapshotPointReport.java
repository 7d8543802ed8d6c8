package io.podcapture;

import io.podcapture.spi.ToolCounters;
import java.time.Instant;
import java.util.Optional;

/** What a snapshot holds of one capture. */
record SnapshotPointReport(
        CapturePoint point,
        String interfaceName,
        Outcome outcome,
        String explanation,
        DrainProof drain,
        Optional<ClockOffset> clock)
        implements SnapshotPoint {
    /** Judges a capture that goes on. */
    static SnapshotPointReport running(
            CapturePoint point,
            String interfaceName,
            DrainProof drain,
            ToolCounters counted,
            Optional<ClockOffset> clock) {
        long dropped = counted.droppedByKernel().orElse(0)
                + counted.droppedByInterface().orElse(0);
        if (drain != DrainProof.COUNTERS) {
            return new SnapshotPointReport(
                    point,
                    interfaceName,
                    Outcome.TRUNCATED,
                    "nothing proves that the last packets before its end are there",
                    drain,
                    clock);
        }
        return dropped == 0
                ? new SnapshotPointReport(point, interfaceName, Outcome.COMPLETE, "", drain, clock)
                : new SnapshotPointReport(
                        point,
                        interfaceName,
                        Outcome.LOSSY,
                        dropped + " packets were dropped since the capture began",
                        drain,
                        clock);
    }

    /** Judges a capture that has ended, perhaps before the window did. */
    static SnapshotPointReport ended(PointResult result, Instant to) {
        boolean early = result.outcome().compareTo(Outcome.TRUNCATED) < 0
                && result.endedBy() != EndCause.STOPPED
                && result.ended().isBefore(to);
        return new SnapshotPointReport(
                result.point(),
                result.interfaceName(),
                early ? Outcome.TRUNCATED : result.outcome(),
                early ? "the capture had ended at " + result.ended() + " by " + result.endedBy() : result.explanation(),
                result.drain(),
                result.clock());
    }
}
