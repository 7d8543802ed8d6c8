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

/** The time windows cut out of a session, and the moments in it that have a name. Safe for use by several threads. */
final class Snapshots {
    private final SessionRun session;
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    // Held while part files are read or deleted.
    private final Object files = new Object();

    Snapshots(SessionRun session) {
        this.session = session;
    }

    void mark(String text) {
        marks.add(new Mark(session.now(), text));
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Ends the session, between two snapshots. */
    void last(Runnable end) {
        synchronized (files) {
            end.run();
        }
    }

    /** Waits until the packets sent before are in the part files, and cuts a window out of them. */
    Snapshot take(List<PointCapture> captures, Path file, Optional<Instant> from, Optional<Instant> until) {
        Instant to = until.orElseGet(session::now);
        List<SnapshotPointReport> points = session.ended().isDone() ? List.of() : drain(captures, to);
        SnapshotFile snapshot = new SnapshotFile(session, file, from, to);
        synchronized (files) {
            try {
                createDirectory(file);
                return session.ended().isDone() ? snapshot.cut(session.ended().join()) : snapshot.cut(captures, points);
            } catch (IOException e) {
                throw new CaptureException(
                        FailureReason.OUTPUT_FAILED,
                        "the snapshot " + file + " could not be written: " + e.getMessage(),
                        e);
            }
        }
    }

    private static void createDirectory(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
    }

    private List<SnapshotPointReport> drain(List<PointCapture> captures, Instant to) {
        CompletableFuture<Void> givenUp = new CompletableFuture<>();
        List<CompletableFuture<SnapshotPointReport>> drains = new ArrayList<>();
        for (PointCapture capture : captures) {
            drains.add(Work.begin(session.spec().executor(), () -> capture.snapshot(to, givenUp))
                    .result());
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(drains.toArray(CompletableFuture<?>[]::new));
        try {
            all.get();
        } catch (InterruptedException e) {
            givenUp.complete(null);
            all.join();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
        return drains.stream().map(CompletableFuture::join).toList();
    }
}
