package io.podcapture.junit5;

import io.podcapture.CaptureSession;
import io.podcapture.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test, from before its set-up until after its take-down, and the traffic meanwhile. */
final class CapturedTest {
    private final ExtensionContext context;
    private final TestTraffic traffic;
    private final TestName name;
    private final Instant since = Instant.now();
    private final Queue<Snapshot> snapshots = new ConcurrentLinkedQueue<>();
    private volatile Optional<Instant> until = Optional.empty();

    CapturedTest(ExtensionContext context, TestTraffic traffic) {
        this.context = context;
        this.traffic = traffic;
        this.name = TestName.of(context);
    }

    String name() {
        return name.toString();
    }

    Instant since() {
        return since;
    }

    boolean isOver() {
        return until.isPresent();
    }

    boolean ranBetween(Instant from, Instant to) {
        return since.isBefore(to) && until.map(end -> end.isAfter(from)).orElse(true);
    }

    Snapshot snapshot() {
        Path file = traffic.running().resolve("snapshot-" + UUID.randomUUID() + ".pcapng");
        Snapshot snapshot = traffic.session().snapshot(file, since);
        snapshots.add(snapshot);
        return snapshot;
    }

    void mark(String text) {
        traffic.session().mark(name + ": " + text);
    }

    /** Keeps the test's time window if that is wanted; nothing stays otherwise. */
    void end(Optional<Throwable> thrown) {
        Instant to = Instant.now();
        until = Optional.of(to);
        try {
            if (traffic.isRunning() && traffic.settings().keep().keeps(Failures.isFailure(thrown))) {
                keep(thrown, Optional.of(from()), to);
            }
        } finally {
            snapshots.forEach(CapturedTest::delete);
            if (!traffic.isShared()) {
                traffic.close();
            }
        }
    }

    /** Keeps all that was captured. */
    void keepWhole(Optional<Throwable> thrown) {
        if (traffic.isRunning()) {
            keep(thrown, Optional.empty(), Instant.now());
        }
    }

    private Instant from() {
        return since.minus(traffic.settings().preRoll());
    }

    // A test that ran into its time-out may leave its thread interrupted: the last packets are wanted all the same.
    private void keep(Optional<Throwable> thrown, Optional<Instant> from, Instant to) {
        boolean interrupted = Thread.interrupted();
        try {
            KeptCapture kept = new KeptCapture(context, name, traffic.directory());
            Snapshot snapshot = cut(kept.file(), from, to);
            List<String> others = traffic.overlapping(this, from.orElse(since), to);
            kept.tell(snapshot, thrown, others);
        } catch (RuntimeException | IOException e) {
            System.out.println("[podcapture] the capture of " + name + " could not be kept: " + e.getMessage());
            thrown.ifPresent(failure -> failure.addSuppressed(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Snapshot cut(Path file, Optional<Instant> from, Instant to) {
        CaptureSession session = traffic.session();
        if (from.isEmpty() || !traffic.isShared()) {
            // Nobody else needs it, and what has ended has the stronger proof. Loss is told with the
            // capture, not thrown.
            session.close();
        }
        return from.map(first -> session.snapshot(file, first, to)).orElseGet(() -> session.snapshot(file));
    }

    private static void delete(Snapshot snapshot) {
        try {
            Files.deleteIfExists(snapshot.file());
            if (snapshot.manifest().isPresent()) {
                Files.deleteIfExists(snapshot.manifest().get());
            }
        } catch (IOException e) {
            System.out.println("[podcapture] " + snapshot.file() + " could not be deleted: " + e.getMessage());
        }
    }
}
