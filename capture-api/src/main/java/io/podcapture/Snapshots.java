package io.podcapture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The time windows cut out of a session, and the moments in it that have a name. Safe for use by several threads. */
final class Snapshots {
    private final SessionRun session;
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    // Held while part files are read or deleted.
    private final Object files = new Object();
    private Optional<CaptureResult> finished = Optional.empty();

    Snapshots(SessionRun session) {
        this.session = session;
    }

    void mark(String text) {
        marks.add(new Mark(session.now(), text));
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Deletes something that a snapshot might read. */
    void whileNoneIsTaken(Runnable deletion) {
        synchronized (files) {
            deletion.run();
        }
    }

    /** Makes the session's own files; from then on they are what is cut. */
    CaptureResult finish(Supplier<CaptureResult> makeFiles) {
        synchronized (files) {
            CaptureResult result = makeFiles.get();
            finished = Optional.of(result);
            return result;
        }
    }

    /** Waits until the packets sent before are in the part files, and cuts a window out of them. */
    Snapshot take(List<PointCapture> captures, Path file, Optional<Instant> from, Optional<Instant> until) {
        Instant now = session.now();
        // What is still to come is not there, and what was before the session is not either.
        Optional<Instant> last = until.map(to -> to.isAfter(now) ? now : to);
        Optional<Instant> first = from.map(begin -> begin.isBefore(session.started()) ? session.started() : begin);
        CompletableFuture<Void> givenUp = new CompletableFuture<>();
        // The files are wanted whole also by a thread that has no more time for the last packets.
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            givenUp.complete(null);
        }
        try {
            List<CompletableFuture<SnapshotPointReport>> drains = drain(captures, last, givenUp);
            interrupted |= isInterrupted(drains, givenUp);
            List<SnapshotPointReport> points =
                    drains.stream().map(CompletableFuture::join).toList();
            return write(new SnapshotFile(session, file, first, last, now), file, captures, points);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Snapshot write(
            SnapshotFile snapshot, Path file, List<PointCapture> captures, List<SnapshotPointReport> points) {
        synchronized (files) {
            try {
                Path directory = file.getParent();
                if (directory != null) {
                    Files.createDirectories(directory);
                }
                return finished.isPresent() ? snapshot.cut(finished.get(), captures) : snapshot.cut(captures, points);
            } catch (IOException e) {
                throw new CaptureException(
                        FailureReason.OUTPUT_FAILED,
                        "the snapshot " + file + " could not be written: " + e.getMessage(),
                        e);
            }
        }
    }

    private List<CompletableFuture<SnapshotPointReport>> drain(
            List<PointCapture> captures, Optional<Instant> until, CompletableFuture<Void> givenUp) {
        List<CompletableFuture<SnapshotPointReport>> drains = new ArrayList<>();
        for (PointCapture capture : captures) {
            drains.add(Work.begin(session.threads(), () -> capture.snapshot(until, givenUp))
                    .result());
        }
        return drains;
    }

    private static boolean isInterrupted(List<? extends CompletableFuture<?>> drains, CompletableFuture<Void> givenUp) {
        CompletableFuture<Void> all = CompletableFuture.allOf(drains.toArray(CompletableFuture<?>[]::new));
        try {
            all.get();
            return false;
        } catch (InterruptedException e) {
            givenUp.complete(null);
            all.join();
            return true;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }
}
