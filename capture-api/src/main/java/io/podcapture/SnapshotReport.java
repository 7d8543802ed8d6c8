package io.podcapture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a snapshot holds. */
record SnapshotReport(
        String sessionId,
        Path file,
        Optional<Path> manifest,
        Optional<Instant> from,
        Instant to,
        long packetCount,
        List<Mark> marks,
        List<SnapshotPoint> points)
        implements Snapshot {
    SnapshotReport withoutManifest() {
        return new SnapshotReport(sessionId, file, Optional.empty(), from, to, packetCount, marks, points);
    }

    @Override
    public Outcome outcome() {
        return TargetReport.overall(points.stream().map(SnapshotPoint::outcome).toList());
    }

    @Override
    public String explanation() {
        return points.stream()
                .filter(point -> !point.explanation().isEmpty())
                .map(point -> point.point() + " (" + point.interfaceName() + "): " + point.outcome() + ", "
                        + point.explanation())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public CapturedPackets packets() throws IOException {
        return new CapturedPackets(
                file,
                points.stream()
                        .filter(point -> point.outcome() != Outcome.FAILED)
                        .map(point -> new CapturedPackets.Source(point.point(), point.interfaceName()))
                        .toList());
    }
}
