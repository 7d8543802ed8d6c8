package io.podcapture.junit5;

import io.podcapture.CaptureSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The capture of a class or of one test, and the tests that have run in it. Safe for use by several threads; JUnit closes what
 * is in its stores.
 */
final class TestTraffic implements AutoCloseable {
    private static final String DIRECTORY_PARAMETER = "podcapture.captures";
    private static final int ATTEMPTS = 10;
    private static final Path DIRECTORY = Path.of("target", "captures");

    private final Settings settings;
    private final String owner;
    private final boolean shared;
    private final Path directory;
    private final boolean directoryIsOurs;
    private final Path running;
    private final Optional<CaptureSession> session;
    private final String absence;
    private final List<CapturedTest> tests = new ArrayList<>();

    private TestTraffic(
            Settings settings,
            String owner,
            boolean shared,
            Path directory,
            boolean directoryIsOurs,
            Path running,
            Optional<CaptureSession> session,
            String absence) {
        this.settings = settings;
        this.owner = owner;
        this.shared = shared;
        this.directory = directory;
        this.directoryIsOurs = directoryIsOurs;
        this.running = running;
        this.session = session;
        this.absence = absence;
    }

    /**
     * Starts it.
     *
     * @param shared whether several tests have it together
     * @throws RuntimeException what kept it from starting, where it is required
     */
    static TestTraffic start(ExtensionContext context, Settings settings, boolean shared) {
        Path directory = settings.directory()
                .or(() -> context.getConfigurationParameter(DIRECTORY_PARAMETER).map(Path::of))
                .orElse(DIRECTORY)
                .toAbsolutePath();
        boolean ours = !Files.exists(directory);
        Path running = directory.resolve(".running-" + UUID.randomUUID());
        try {
            create(running);
            CaptureSession session = settings.session()
                    .get()
                    .writeTo(running.resolve("capture.pcapng"))
                    .start();
            return new TestTraffic(
                    settings, context.getUniqueId(), shared, directory, ours, running, Optional.of(session), "");
        } catch (RuntimeException e) {
            try {
                remove(running, ours);
            } catch (UncheckedIOException stays) {
                e.addSuppressed(stays);
            }
            if (settings.required() || e instanceof TestAbortedException) {
                throw e;
            }
            String absence = "no capture of " + TestName.of(context) + ": " + e.getMessage();
            System.err.println("[podcapture] " + absence);
            return new TestTraffic(
                    settings, context.getUniqueId(), shared, directory, ours, running, Optional.empty(), absence);
        }
    }

    Settings settings() {
        return settings;
    }

    boolean isOf(ExtensionContext context) {
        return owner.equals(context.getUniqueId());
    }

    boolean isShared() {
        return shared;
    }

    boolean isRunning() {
        return session.isPresent();
    }

    Path directory() {
        return directory;
    }

    /** Returns where files may lie as long as the capture runs. */
    Path running() {
        return running;
    }

    CaptureSession session() {
        return session.orElseThrow(() -> new IllegalStateException(absence));
    }

    synchronized void began(CapturedTest test) {
        Instant oldest = tests.stream()
                .filter(other -> !other.isOver())
                .map(CapturedTest::since)
                .min(Instant::compareTo)
                .orElse(test.since())
                .minus(settings.preRoll());
        tests.removeIf(other -> !other.ranBetween(oldest, Instant.MAX));
        tests.add(test);
        session.ifPresent(capture -> capture.mark(test.name() + " began"));
    }

    /** Returns the names of the other tests that ran at some moment of a time window. */
    synchronized List<String> overlapping(CapturedTest test, Instant from, Instant to) {
        return tests.stream()
                .filter(other -> other != test && other.ranBetween(from, to))
                .map(CapturedTest::name)
                .distinct()
                .toList();
    }

    /** Ends the capture and deletes what is not kept. */
    @Override
    public void close() {
        session.ifPresent(CaptureSession::discard);
        remove(running, directoryIsOurs);
    }

    // Another capture that ends may remove the directory above while it is empty.
    private static void create(Path running) {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(running);
                return;
            } catch (NoSuchFileException removed) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("cannot create " + running, removed);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot create " + running, e);
            }
        }
    }

    private static void remove(Path running, boolean directoryToo) {
        try {
            FileTree.delete(running);
            Path directory = running.getParent();
            if (directoryToo && directory != null) {
                removeIfEmpty(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + running, e);
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException others) {
            // Captures that are kept, or that still run, lie there.
        }
    }
}
