package io.podcapture;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How one capture went. */
record PointReport(
        CapturePoint point,
        String interfaceName,
        String filter,
        Outcome outcome,
        EndCause endedBy,
        Optional<FailureReason> reason,
        String explanation,
        Optional<String> method,
        List<String> passedOver,
        DrainProof drain,
        CaptureStatistics statistics,
        Optional<ClockOffset> clock,
        Optional<Instant> capturing,
        Instant ended)
        implements PointResult {}
