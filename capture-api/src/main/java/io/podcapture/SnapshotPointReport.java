package io.podcapture;

import io.podcapture.spi.ToolCounters;
import java.time.Instant;
import java.util.Optional;

/**
 * What a snapshot holds of one capture.
 *
 * @param records how many packets were proven to be in the part file; none where it was not read
 */
record SnapshotPointReport(
        CapturePoint point,
        String interfaceName,
        Outcome outcome,
        String explanation,
        DrainProof drain,
        Optional<ClockOffset> clock,
        long records)
        implements SnapshotPoint {
    /** Judges a capture that goes on. */
    static SnapshotPointReport running(
            CapturePoint point,
            String interfaceName,
            DrainProof drain,
            ToolCounters counted,
            Optional<ClockOffset> clock,
            long records) {
        SnapshotPointReport whole =
                new SnapshotPointReport(point, interfaceName, Outcome.COMPLETE, "", drain, clock, records);
        long dropped = counted.droppedByKernel().orElse(0)
                + counted.droppedByInterface().orElse(0);
        if (drain != DrainProof.COUNTERS) {
            return whole.but(Outcome.TRUNCATED, "nothing proves that the last packets before its end are there");
        }
        return dropped == 0
                ? whole
                : whole.but(Outcome.LOSSY, dropped + " packets were dropped since the capture began");
    }

    /** Judges a capture whose packets come only at its end. */
    static SnapshotPointReport nothingYet(CapturePoint point, String interfaceName) {
        return new SnapshotPointReport(
                point,
                interfaceName,
                Outcome.FAILED,
                "its method brings the packets only at the end of the session",
                DrainProof.NONE,
                Optional.empty(),
                0);
    }

    /**
     * Judges a capture that has ended, perhaps before the window did.
     *
     * @param until the end of the window, if it is bounded
     * @param stopAsked what it is proven up to; empty where it ended by itself, nobody knows exactly when
     */
    static SnapshotPointReport ended(PointResult result, Optional<Instant> until, Optional<Instant> stopAsked) {
        SnapshotPointReport whole = new SnapshotPointReport(
                result.point(),
                result.interfaceName(),
                result.outcome(),
                result.explanation(),
                result.drain(),
                result.clock(),
                0);
        boolean early = stopAsked
                .map(asked -> until.map(asked::isBefore).orElse(result.endedBy() != EndCause.STOPPED))
                .orElse(true);
        return early && result.outcome().compareTo(Outcome.TRUNCATED) < 0
                ? whole.but(
                        Outcome.TRUNCATED,
                        "the capture had ended by " + result.endedBy() + " at " + stopAsked.orElse(result.ended()))
                : whole;
    }

    /** Returns the same, of which less is proven. */
    SnapshotPointReport but(Outcome other, String why) {
        return new SnapshotPointReport(point, interfaceName, other, why, drain, clock, records);
    }
}
