package io.podcapture;

import io.podcapture.pcap.MergeInput;
import io.podcapture.pcap.MergeReport;
import io.podcapture.pcap.PacketFiles;
import java.io.IOException;
import java.nio.file.Files;
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
    private final Optional<Instant> until;
    private final Instant now;

    SnapshotFile(SessionRun session, Path file, Optional<Instant> from, Optional<Instant> until, Instant now) {
        this.session = session;
        this.file = file;
        this.from = from;
        this.until = until;
        this.now = now;
    }

    /** Cuts it out of the part files of captures that go on. */
    SnapshotReport cut(List<PointCapture> captures, List<SnapshotPointReport> judged) throws IOException {
        MergedFile merged = new MergedFile(file);
        List<SnapshotPointReport> points = new ArrayList<>();
        for (int i = 0; i < captures.size(); i++) {
            SnapshotPointReport point = withClock(judged.get(i));
            Optional<Path> part = captures.get(i).part().map(PartFile::path).filter(Files::exists);
            if (part.isEmpty() || point.outcome() == Outcome.FAILED) {
                String why = point.outcome() == Outcome.FAILED ? point.explanation() : "";
                points.add(point.but(Outcome.FAILED, why.isEmpty() ? "nothing was captured" : why));
                continue;
            }
            points.add(point);
            merged.add(
                    part.get(),
                    point.point(),
                    point.interfaceName(),
                    captures.get(i).asked().filter(),
                    input -> window(input, point.clock().orElse(UNKNOWN_CLOCK)));
        }
        if (points.stream().allMatch(point -> point.outcome() == Outcome.FAILED)) {
            throw nothing();
        }
        MergeReport report = merged.writeGiven(comment(points));
        return report(report, allRead(points, report));
    }

    // A part file that breaks in the middle ends early without a word.
    private static List<SnapshotPoint> allRead(List<SnapshotPointReport> points, MergeReport report) {
        List<SnapshotPoint> read = new ArrayList<>();
        int input = 0;
        for (SnapshotPointReport point : points) {
            boolean filed = point.outcome() != Outcome.FAILED;
            long packets = filed ? report.inputs().get(input++).packetsRead() : 0;
            read.add(
                    filed && packets < point.records()
                            ? point.but(
                                    Outcome.TRUNCATED,
                                    "only " + packets + " of " + point.records() + " packets could be read")
                            : point);
        }
        return List.copyOf(read);
    }

    /** Cuts it out of the file of a session that has ended. */
    SnapshotReport cut(CaptureResult result, List<PointCapture> captures) throws IOException {
        List<SnapshotPoint> points = new ArrayList<>();
        captures.forEach(capture -> points.add(withClock(capture.endedSnapshot(until))));
        Path whole = result.file().filter(Files::exists).orElseThrow(this::nothing);
        MergeReport report = PacketFiles.merge()
                .input(whole, input -> window(input, widest(points)))
                .sectionComment(comment(points))
                .userApplication(MergedFile.APPLICATION)
                .writeTo(file);
        return report(report, List.copyOf(points));
    }

    private SnapshotPointReport withClock(SnapshotPointReport point) {
        boolean bounded = from.isPresent() || until.isPresent();
        return bounded && point.clock().isEmpty() && point.outcome().compareTo(Outcome.TRUNCATED) < 0
                ? point.but(
                        Outcome.TRUNCATED,
                        "nobody can tell the clock of its packets; the window was widened by "
                                + UNKNOWN_CLOCK.error().toSeconds() + " s")
                : point;
    }

    private void window(MergeInput input, ClockOffset clock) {
        if (from.isPresent() || until.isPresent()) {
            input.between(
                    from.map(clock::earliest).orElse(Instant.MIN),
                    until.map(clock::latest).orElse(Instant.MAX));
        }
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
                session.id(),
                file,
                Optional.of(manifest),
                from,
                until.orElse(now),
                merged.packetsWritten(),
                marks(),
                points);
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
                .filter(mark -> !mark.time().isAfter(until.orElse(now))
                        && from.map(first -> !mark.time().isBefore(first)).orElse(true))
                .toList();
    }

    private String comment(List<? extends SnapshotPoint> points) {
        String own = session.spec().comment();
        return (own.isEmpty() ? "" : own + "\n") + MergedFile.APPLICATION + " session " + session.id() + ", "
                + from.map(first -> "from " + first + " ").orElse("") + "to " + until.orElse(now)
                + "\n"
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
