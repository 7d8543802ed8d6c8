package io.podcapture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a session went. */
record SessionReport(
        String sessionId,
        List<TargetResult> targets,
        Optional<Path> file,
        Optional<Path> manifest,
        List<Path> parts,
        List<String> leftovers,
        List<String> warnings,
        List<Mark> marks,
        Instant started,
        Instant ended,
        LossPolicy loss)
        implements CaptureResult {
    @Override
    public Outcome outcome() {
        return TargetReport.overall(points().stream().map(PointResult::outcome).toList());
    }

    @Override
    public String explanation() {
        return points().stream()
                .filter(point -> !point.explanation().isEmpty())
                .map(point -> point.point() + " (" + point.interfaceName() + "): " + point.outcome() + ", "
                        + point.explanation())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public CaptureResult requireComplete() {
        Outcome outcome = outcome();
        if (outcome == Outcome.COMPLETE || outcome == Outcome.LOSSY && loss == LossPolicy.IGNORE) {
            return this;
        }
        throw new CaptureException(
                outcome == Outcome.LOSSY ? FailureReason.PACKETS_LOST : FailureReason.INCOMPLETE,
                "the capture is " + outcome + ":\n" + explanation());
    }

    @Override
    public CapturedPackets packets() throws IOException {
        Path path = file.orElseThrow(() ->
                new CaptureException(FailureReason.INCOMPLETE, "there is no capture file to read: " + explanation()));
        return new CapturedPackets(
                path,
                points().stream()
                        .filter(point -> point.outcome() != Outcome.FAILED)
                        .map(point -> new CapturedPackets.Source(point.point(), point.interfaceName()))
                        .toList());
    }
}
