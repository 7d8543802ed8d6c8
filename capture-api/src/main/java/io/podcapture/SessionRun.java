package io.podcapture;

import io.podcapture.spi.PointListener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One session at work: what its captures share, and the order of its steps.
 *
 * <p>{@link CaptureSession} guards the life cycle; this class is told each step once.
 */
final class SessionRun {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ASK_COUNTERS_EVERY = 5;

    private final SessionSpec spec;
    private final String id;
    private final Announcer announcer;
    private final Cleanups cleanups = new Cleanups();
    private final SharedThings shared = new SharedThings(cleanups);
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();
    private final Set<String> leftovers = ConcurrentHashMap.newKeySet();
    private final Set<String> diagnostics = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final CompletableFuture<CaptureResult> ended = new CompletableFuture<>();
    // Points that went away; some before there were captures that could be told.
    private final Map<CapturePoint, String> departed = new ConcurrentHashMap<>();
    private final List<AutoCloseable> follows = new ArrayList<>();
    private final Snapshots snapshots = new Snapshots(this);
    private volatile List<PointCapture> captures = List.of();
    private volatile Instant started = Instant.EPOCH;
    private volatile long startDeadline;
    private volatile boolean running;
    // Only the starting thread uses it; the flag of the thread itself would make every cleanup fail.
    private boolean interrupted;

    SessionRun(SessionSpec spec) {
        this.spec = spec;
        this.announcer = new Announcer(spec.listeners(), spec.executor());
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        this.id = letters.toString();
    }

    SessionSpec spec() {
        return spec;
    }

    String id() {
        return id;
    }

    Announcer announcer() {
        return announcer;
    }

    SharedThings shared() {
        return shared;
    }

    CompletableFuture<CaptureResult> ended() {
        return ended;
    }

    Instant now() {
        return spec.clock().instant();
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Snapshot snapshot(Path file, Optional<Instant> from, Optional<Instant> to) {
        return snapshots.take(captures, file, from, to);
    }

    void warn(String line) {
        warnings.add(line);
    }

    void diagnostics(String line) {
        diagnostics.add(line);
    }

    void leftover(List<String> what) {
        leftovers.addAll(what);
    }

    Path partPath(int number) {
        return spec.partsDirectory().resolve(spec.output().getFileName() + "." + id + "." + number + ".part");
    }

    Duration remainingStart() {
        return Duration.ofNanos(Math.max(0, startDeadline - spec.timers().nanoTime()));
    }

    CaptureProgress progress() {
        return new CaptureProgress(captures.stream().map(PointCapture::progress).toList());
    }

    /** Starts all captures; returns when each is proven to be capturing, or throws when everything is undone. */
    void start() {
        started = now();
        startDeadline = spec.timers().nanoTime() + spec.startTimeout().toNanos();
        try {
            captures = findPoints();
            departed.forEach(this::pointGone);
            startAll(captures);
        } catch (RuntimeException | Error e) {
            undo(e);
            ended.completeExceptionally(e);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
        running = true;
        CompletableFuture.allOf(results()).thenRun(() -> spec.executor().execute(this::finish));
        tick(1);
    }

    private void undo(Throwable failure) {
        closeFollows();
        captures.forEach(PointCapture::undo);
        cleanups.run();
        leftover(cleanups.leftovers());
        new TreeSet<>(leftovers)
                .forEach(what -> failure.addSuppressed(
                        new CaptureException(FailureReason.PROCESS_FAILED, "left behind: " + what)));
    }

    /** Gives the start up, from another thread. */
    void cancelStart() {
        cancelled.complete(null);
    }

    /** Ends a session that never started. */
    void neverStart() {
        ended.completeExceptionally(
                new CaptureException(FailureReason.CANCELLED, "the session was closed before it started"));
    }

    void stop(EndCause why) {
        captures.forEach(capture -> capture.stop(why));
    }

    void giveUpDrain() {
        captures.forEach(PointCapture::giveUpDrain);
    }

    private List<PointCapture> findPoints() {
        List<Work<Set<CapturePoint>>> searches = new ArrayList<>();
        for (TargetSpec target : spec.targets()) {
            searches.add(Work.begin(spec.executor(), () -> follow(target)));
        }
        awaitStart(searches);
        List<PointCapture> found = new ArrayList<>();
        for (int i = 0; i < searches.size(); i++) {
            TargetSpec target = spec.targets().get(i);
            Set<CapturePoint> points = searches.get(i).result().join();
            if (points.isEmpty() && !spec.allowEmpty()) {
                throw new CaptureException(
                        FailureReason.TARGET_NOT_FOUND,
                        "cannot capture " + target.target() + ": nothing of it is running now");
            }
            for (CapturePoint point : points) {
                for (String name : target.interfaces()) {
                    found.add(new PointCapture(this, target, point, name, found.size()));
                }
            }
        }
        return List.copyOf(found);
    }

    private Set<CapturePoint> follow(TargetSpec target) throws Exception {
        Set<CapturePoint> present = new LinkedHashSet<>();
        Follower follower = new Follower(present);
        AutoCloseable handle = target.choice().resolver().follow(target.target(), follower);
        synchronized (follows) {
            follows.add(handle);
        }
        return follower.begin();
    }

    /** Collects the points that are there at first, and tells of those that come and go afterwards. */
    private final class Follower implements PointListener {
        private final Set<CapturePoint> present;
        private boolean begun;

        Follower(Set<CapturePoint> present) {
            this.present = present;
        }

        synchronized Set<CapturePoint> begin() {
            begun = true;
            return Set.copyOf(present).isEmpty() ? Set.of() : new LinkedHashSet<>(present);
        }

        @Override
        public synchronized void joined(CapturePoint point) {
            if (!begun) {
                present.add(point);
            } else if (!present.contains(point)) {
                announcer.announce(listener -> listener.joined(point));
            }
        }

        @Override
        public synchronized void gone(CapturePoint point, String reason) {
            if (!begun) {
                present.remove(point);
                return;
            }
            announcer.announce(listener -> listener.gone(point, reason));
            departed.put(point, reason);
            pointGone(point, reason);
        }
    }

    private void pointGone(CapturePoint point, String reason) {
        captures.stream()
                .filter(capture -> capture.request().point().equals(point))
                .forEach(capture -> capture.pointGone(reason));
    }

    private void startAll(List<PointCapture> all) {
        List<Work<Boolean>> starts = new ArrayList<>();
        for (PointCapture capture : all) {
            starts.add(Work.begin(spec.executor(), () -> startOne(capture)));
        }
        try {
            awaitStart(starts);
        } catch (CaptureException late) {
            if (late.reason() != FailureReason.START_TIMEOUT || spec.startFailure() == StartFailurePolicy.FAIL_ALL) {
                throw late;
            }
            for (int i = 0; i < all.size(); i++) {
                if (starts.get(i).result().isCompletedExceptionally()) {
                    all.get(i).failedToStart(late);
                }
            }
        }
        boolean anyStarted = starts.stream()
                .map(Work::result)
                .anyMatch(result -> !result.isCompletedExceptionally() && result.join());
        if (!all.isEmpty() && !anyStarted) {
            throw new CaptureException(FailureReason.NO_USABLE_METHOD, "no capture could start:\n" + failures(all));
        }
    }

    private boolean startOne(PointCapture capture) throws InterruptedException {
        try {
            capture.start();
            return true;
        } catch (RuntimeException e) {
            if (spec.startFailure() == StartFailurePolicy.FAIL_ALL) {
                throw e;
            }
            capture.failedToStart(
                    e instanceof CaptureException known
                            ? known
                            : new CaptureException(FailureReason.PROCESS_FAILED, "the method failed: " + e, e));
            return false;
        }
    }

    private static String failures(List<PointCapture> all) {
        StringBuilder text = new StringBuilder();
        all.forEach(
                capture -> text.append(capture.result().join().explanation()).append('\n'));
        return text.toString().strip();
    }

    // Waits for all, until one fails, time is up or somebody gives up; then interrupts the rest and waits for their
    // undoing.
    private void awaitStart(List<? extends Work<?>> works) {
        CompletableFuture<?>[] results = works.stream().map(Work::result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(results);
        CompletableFuture<Object> firstFailure = new CompletableFuture<>();
        for (CompletableFuture<?> result : results) {
            result.whenComplete((value, failure) -> {
                if (failure != null) {
                    firstFailure.completeExceptionally(failure);
                }
            });
        }
        try {
            CompletableFuture.anyOf(all, firstFailure, cancelled)
                    .get(Math.max(1, remainingStart().toMillis()), TimeUnit.MILLISECONDS);
            if (cancelled.isDone()) {
                undoStart(works);
                throw new CaptureException(FailureReason.CANCELLED, "the session was closed while it started");
            }
        } catch (TimeoutException e) {
            undoStart(works);
            throw new CaptureException(FailureReason.START_TIMEOUT, timeoutMessage(), e);
        } catch (InterruptedException e) {
            undoStart(works);
            interrupted = true;
            throw new CaptureException(
                    FailureReason.CANCELLED, "the thread was interrupted while the session started", e);
        } catch (ExecutionException e) {
            undoStart(works);
            throw firstOf(e, works);
        }
    }

    private String timeoutMessage() {
        String message =
                "not all captures were ready within " + spec.startTimeout().toSeconds() + " s";
        return diagnostics.isEmpty() ? message : message + ":\n" + String.join("\n", diagnostics);
    }

    private static void undoStart(List<? extends Work<?>> works) {
        works.forEach(Work::interrupt);
        works.forEach(work -> work.result().handle((value, failure) -> 0).join());
    }

    private static Throwable unwrapped(Throwable e) {
        Throwable cause = e.getCause();
        boolean wrapper = e instanceof ExecutionException || e instanceof CompletionException;
        return wrapper && cause != null ? unwrapped(cause) : e;
    }

    private CaptureException firstOf(ExecutionException first, List<? extends Work<?>> works) {
        Throwable cause = unwrapped(first);
        CaptureException thrown;
        if (cause instanceof CaptureException known) {
            thrown = known;
        } else if (cause instanceof IOException io) {
            thrown = new CaptureException(FailureReason.STREAM_LOST, "cannot start: " + io.getMessage(), io);
        } else if (cause instanceof InterruptedException && remainingStart().isZero()) {
            thrown = new CaptureException(FailureReason.START_TIMEOUT, timeoutMessage(), cause);
        } else {
            thrown = new CaptureException(FailureReason.PROCESS_FAILED, "cannot start: " + cause, cause);
        }
        for (Work<?> work : works) {
            work.result().whenComplete((value, failure) -> {
                if (failure instanceof CaptureException other && other != thrown) {
                    thrown.addSuppressed(other);
                }
            });
        }
        return thrown;
    }

    private CompletableFuture<?>[] results() {
        return captures.stream().map(PointCapture::result).toArray(CompletableFuture<?>[]::new);
    }

    private void tick(int second) {
        if (!announcer.isHeard()) {
            return;
        }
        spec.timers().after(Duration.ofSeconds(1), () -> {
            if (running) {
                if (second % ASK_COUNTERS_EVERY == 0) {
                    captures.forEach(PointCapture::askCounters);
                }
                announcer.progress(progress());
                tick(second + 1);
            }
        });
    }

    private void finish() {
        running = false;
        try {
            closeFollows();
            cleanups.run();
            leftover(cleanups.leftovers());
            ResultFiles files = new ResultFiles(this, captures, started);
            snapshots.last(() -> ended.complete(files.write(warnings, leftovers)));
        } catch (Throwable e) {
            // Whatever it was: who waits for the end must not wait for ever.
            ended.completeExceptionally(e);
        }
    }

    private void closeFollows() {
        List<AutoCloseable> open;
        synchronized (follows) {
            open = List.copyOf(follows);
            follows.clear();
        }
        for (AutoCloseable follow : open) {
            try {
                follow.close();
            } catch (Exception e) {
                warn("a watch could not be closed: " + e.getMessage());
            }
        }
    }
}
