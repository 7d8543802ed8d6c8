package io.podcapture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the files of a session that has ended, and its result. Used once, by one thread. */
final class ResultFiles {
    private final SessionRun session;
    private final List<PointCapture> captures;
    private final Instant started;
    private final Path output;
    private final List<String> problems = new ArrayList<>();

    ResultFiles(SessionRun session, List<PointCapture> captures, Instant started) {
        this.session = session;
        this.captures = captures;
        this.started = started;
        this.output = session.spec().output();
    }

    CaptureResult write(Collection<String> warnings, Collection<String> leftovers) {
        List<PointCapture> filed = captures.stream()
                .filter(capture -> capture.result().join().outcome() != Outcome.FAILED)
                .toList();
        boolean merged = !filed.isEmpty() && merge(filed);
        List<Path> parts = filed.isEmpty() || merged
                ? List.of()
                : filed.stream().map(ResultFiles::part).toList();
        List<String> told = new ArrayList<>(new TreeSet<>(warnings));
        told.addAll(problems);
        List<TargetResult> targets = targets(parts);
        if (session.spec().loss() == LossPolicy.WARN) {
            targets.stream()
                    .flatMap(target -> target.points().stream())
                    .filter(point -> point.statistics().dropped() > 0)
                    .forEach(point -> told.add(point.point() + " (" + point.interfaceName() + "): "
                            + point.statistics().dropped() + " packets were dropped"));
        }
        SessionReport report = new SessionReport(
                session.id(),
                targets,
                merged ? Optional.of(output) : Optional.empty(),
                Optional.of(Manifest.beside(output)),
                parts,
                List.copyOf(new TreeSet<>(leftovers)),
                List.copyOf(told),
                session.snapshots().marks(),
                started,
                session.now(),
                session.spec().loss());
        return withManifest(report);
    }

    /** Deletes all files of a result. */
    static void delete(CaptureResult result) {
        List<Path> files = new ArrayList<>(result.parts());
        result.file().ifPresent(files::add);
        result.manifest().ifPresent(files::add);
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CaptureException(FailureReason.OUTPUT_FAILED, "cannot delete " + file + ": " + e, e);
            }
        }
    }

    private boolean merge(List<PointCapture> filed) {
        MergedFile file = new MergedFile(output);
        filed.forEach(capture -> file.add(part(capture), capture.result().join()));
        try {
            file.write(comment());
        } catch (IOException | RuntimeException e) {
            problems.add("the merged file " + output + " could not be written: " + e.getMessage()
                    + "; the part files stay, make room and merge them");
            return false;
        }
        for (PointCapture capture : filed) {
            try {
                Files.deleteIfExists(part(capture));
            } catch (IOException e) {
                problems.add("the part file " + part(capture) + " could not be deleted: " + e);
            }
        }
        return true;
    }

    private static Path part(PointCapture capture) {
        return capture.part().orElseThrow().path();
    }

    private List<TargetResult> targets(List<Path> parts) {
        List<TargetResult> targets = new ArrayList<>();
        for (TargetSpec spec : session.spec().targets()) {
            targets.add(new TargetReport(
                    spec.target(),
                    captures.stream()
                            .filter(capture -> capture.spec() == spec)
                            .map(capture -> parts.isEmpty() ? capture.result().join() : unmerged(capture))
                            .toList()));
        }
        return List.copyOf(targets);
    }

    // Whole as it may be, it is not in the file that the caller asked for.
    private PointResult unmerged(PointCapture capture) {
        PointResult point = capture.result().join();
        if (point.outcome() == Outcome.FAILED) {
            return point;
        }
        return new PointReport(
                point.point(),
                point.interfaceName(),
                point.filter(),
                Outcome.TRUNCATED,
                point.endedBy(),
                Optional.of(FailureReason.OUTPUT_FAILED),
                "the merged file could not be written; its packets are in " + part(capture)
                        + (point.explanation().isEmpty() ? "" : "; " + point.explanation()),
                point.method(),
                point.passedOver(),
                point.drain(),
                point.statistics(),
                point.clock(),
                point.capturing(),
                point.ended());
    }

    private String comment() {
        String points = captures.stream()
                .map(capture -> capture.result().join())
                .map(point -> point.point() + " " + point.interfaceName() + ": " + point.outcome() + ", "
                        + point.statistics().packets() + " packets, "
                        + point.statistics().dropped() + " dropped"
                        + point.method().map(name -> ", by " + name).orElse("")
                        + (point.explanation().isEmpty() ? "" : ", " + point.explanation()))
                .collect(Collectors.joining("\n"));
        String own = session.spec().comment();
        return (own.isEmpty() ? "" : own + "\n") + MergedFile.APPLICATION + " session " + session.id() + ", started "
                + started + "\n" + points + Mark.lines(session.snapshots().marks());
    }

    private SessionReport withManifest(SessionReport report) {
        try {
            Manifest.write(report, Manifest.beside(output));
            return report;
        } catch (IOException e) {
            List<String> warnings = new ArrayList<>(report.warnings());
            warnings.add("the manifest " + Manifest.beside(output) + " could not be written: " + e.getMessage());
            return new SessionReport(
                    report.sessionId(),
                    report.targets(),
                    report.file(),
                    Optional.empty(),
                    report.parts(),
                    report.leftovers(),
                    List.copyOf(warnings),
                    report.marks(),
                    report.started(),
                    report.ended(),
                    report.loss());
        }
    }
}
