package io.podcapture;

import io.podcapture.pcap.MergeInput;
import io.podcapture.pcap.MergeReport;
import io.podcapture.pcap.PacketFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the file of a time window of a session. Used once, by one thread. */
final class SnapshotFile {
    // Where nobody can tell the clock of the packets: machines of one cluster are seldom further apart.
    private static final ClockOffset UNKNOWN_CLOCK = new ClockOffset(Duration.ZERO, Duration.ofSeconds(1));

    private final SessionRun session;
    private final Path file;
    private final Optional<Instant> from;
    private final Instant to;

    SnapshotFile(SessionRun session, Path file, Optional<Instant> from, Instant to) {
        this.session = session;
        this.file = file;
        this.from = from;
        this.to = to;
    }

    /** Cuts it out of the part files of captures that go on. */
    SnapshotReport cut(List<PointCapture> captures, List<SnapshotPointReport> points) throws IOException {
        MergedFile merged = new MergedFile(file);
        boolean any = false;
        for (int i = 0; i < captures.size(); i++) {
            SnapshotPointReport point = points.get(i);
            if (point.outcome() != Outcome.FAILED) {
                any = true;
                merged.add(
                        captures.get(i).part().orElseThrow().path(),
                        point.point(),
                        point.interfaceName(),
                        captures.get(i).request().filter(),
                        input -> window(input, point.clock().orElse(UNKNOWN_CLOCK)));
            }
        }
        if (!any) {
            throw nothing();
        }
        return report(merged.writeGiven(comment(points)), List.copyOf(points));
    }

    /** Cuts it out of the file of a session that has ended. */
    SnapshotReport cut(CaptureResult result) throws IOException {
        List<SnapshotPoint> points = new ArrayList<>();
        result.points().forEach(point -> points.add(SnapshotPointReport.ended(point, to)));
        Path whole = result.file().orElseThrow(this::nothing);
        MergeReport report = PacketFiles.merge()
                .input(whole, input -> window(input, widest(points)))
                .sectionComment(comment(points))
                .userApplication(MergedFile.APPLICATION)
                .writeTo(file);
        return report(report, points);
    }

    private void window(MergeInput input, ClockOffset clock) {
        input.between(from.map(clock::earliest).orElse(Instant.MIN), clock.latest(to));
    }

    // One window for all clocks: what lies between them is in it too.
    private static ClockOffset widest(List<SnapshotPoint> points) {
        Duration error = points.stream()
                .map(point -> point.clock().orElse(UNKNOWN_CLOCK))
                .map(clock -> clock.offset().abs().plus(clock.error()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new ClockOffset(Duration.ZERO, error);
    }

    private SnapshotReport report(MergeReport merged, List<SnapshotPoint> points) {
        Path manifest = Manifest.beside(file);
        SnapshotReport report = new SnapshotReport(
                session.id(), file, Optional.of(manifest), from, to, merged.packetsWritten(), marks(), points);
        try {
            Manifest.write(report, manifest);
            return report;
        } catch (IOException e) {
            session.warn("the manifest " + manifest + " could not be written: " + e.getMessage());
            return report.withoutManifest();
        }
    }

    private List<Mark> marks() {
        return session.snapshots().marks().stream()
                .filter(mark -> !mark.time().isAfter(to)
                        && from.map(first -> !mark.time().isBefore(first)).orElse(true))
                .toList();
    }

    private String comment(List<? extends SnapshotPoint> points) {
        String own = session.spec().comment();
        return (own.isEmpty() ? "" : own + "\n") + MergedFile.APPLICATION + " session " + session.id() + ", "
                + from.map(first -> "from " + first + " ").orElse("") + "to " + to + "\n"
                + points.stream()
                        .map(point -> point.point() + " " + point.interfaceName() + ": " + point.outcome()
                                + (point.explanation().isEmpty() ? "" : ", " + point.explanation()))
                        .collect(Collectors.joining("\n"))
                + Mark.lines(marks());
    }

    private CaptureException nothing() {
        return new CaptureException(
                FailureReason.INCOMPLETE, "there is nothing to cut " + file + " from: no capture has a file");
    }
}
