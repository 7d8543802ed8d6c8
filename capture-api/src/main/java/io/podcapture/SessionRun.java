package io.podcapture;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One session at work: what its captures share, and the order of its steps.
 *
 * <p>{@link CaptureSession} guards the life cycle; this class is told each step once.
 */
final class SessionRun {
    private static final int ASK_COUNTERS_EVERY = 5;

    private final SessionSpec spec;
    private final String id;
    private final SessionThreads threads;
    private final Announcer announcer;
    private final Cleanups cleanups = new Cleanups();
    private final SharedThings shared = new SharedThings(cleanups);
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();
    private final Set<String> leftovers = ConcurrentHashMap.newKeySet();
    private final Set<String> diagnostics = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<CaptureResult> ended = new CompletableFuture<>();
    private final PointFollows follows = new PointFollows(this);
    private final StartTogether starting = new StartTogether(this);
    private final Snapshots snapshots = new Snapshots(this);
    private final LiveTexts texts;
    private volatile List<PointCapture> captures = List.of();
    private volatile Instant started = Instant.EPOCH;
    private final Queue<Work<?>> beside = new ConcurrentLinkedQueue<>();
    private final Map<Question, AskedBeside> asked = new ConcurrentHashMap<>();
    private volatile boolean running;

    SessionRun(SessionSpec spec) {
        this.spec = spec;
        this.threads = new SessionThreads(spec.executor(), this::warn);
        this.announcer = new Announcer(spec.listeners(), threads);
        this.id = SessionId.make();
        this.texts = new LiveTexts(spec);
    }

    SessionSpec spec() {
        return spec;
    }

    String id() {
        return id;
    }

    /** Returns the threads for what has begun; whether something begins is the executor's to say. */
    SessionThreads threads() {
        return threads;
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

    Instant started() {
        return started;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Snapshot snapshot(Path file, Optional<Instant> from, Optional<Instant> to) {
        return snapshots.take(captures, file, from, to);
    }

    /** Takes notice of work that nobody waits for: it must have ended when the session has. */
    void beside(Work<?> work) {
        beside.add(work);
    }

    /** Asks the later methods about a point, once for all its interfaces: which it is makes no difference to any method. */
    AskedBeside asked(TargetSpec spec, CaptureRequest request) {
        return asked.computeIfAbsent(
                new Question(spec, request.point()),
                question -> AskedBeside.begin(this, request, spec.choice().methods()));
    }

    private record Question(TargetSpec spec, CapturePoint point) {}

    private void endBeside() {
        beside.forEach(Work::interrupt);
        beside.forEach(work -> work.result().handle((value, failure) -> 0).join());
        beside.clear();
    }

    void warn(String line) {
        warnings.add(line);
    }

    /** Returns the captures; none before their points are found. */
    List<PointCapture> captures() {
        return captures;
    }

    Set<String> diagnostics() {
        return diagnostics;
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
        return starting.remaining();
    }

    CaptureProgress progress() {
        return new CaptureProgress(captures.stream().map(PointCapture::progress).toList());
    }

    /** Starts all captures; returns when each is proven to be capturing, or throws when everything is undone. */
    void start() {
        started = now();
        starting.begin();
        try {
            texts.requireTools();
            captures = findPoints();
            follows.tellDeparted();
            startAll(captures);
        } catch (RuntimeException | Error e) {
            undo(e);
            ended.completeExceptionally(e);
            starting.keepInterrupt();
            throw e;
        }
        running = true;
        // Before the end, which may be now, and waits for the texts that have begun.
        texts.begin(captures);
        CompletableFuture.allOf(results()).thenRun(() -> threads.execute(this::finish));
        tick(1);
    }

    private void undo(Throwable failure) {
        endBeside();
        follows.close();
        captures.forEach(PointCapture::undo);
        cleanups.run();
        leftover(cleanups.leftovers());
        new TreeSet<>(leftovers)
                .forEach(what -> failure.addSuppressed(
                        new CaptureException(FailureReason.PROCESS_FAILED, "left behind: " + what)));
    }

    /** Gives the start up, from another thread. */
    void cancelStart() {
        starting.cancel();
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
        texts.giveUp();
        captures.forEach(PointCapture::giveUpDrain);
    }

    private List<PointCapture> findPoints() {
        List<Work<Set<CapturePoint>>> searches = new ArrayList<>();
        for (TargetSpec target : spec.targets()) {
            searches.add(starting.begin(() -> {
                prepare(target);
                return follows.begin(target);
            }));
        }
        starting.await(searches);
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

    private void prepare(TargetSpec target) throws Exception {
        CaptureMethod method = target.choice().methods().get(0);
        CaptureContext context = new CaptureContext(this, cleanups);
        try {
            method.prepare(target.target(), context);
        } catch (CaptureException e) {
            String what = "cannot capture " + target.target() + " by " + method.name() + ": ";
            throw new CaptureException(e.reason(), what + e.getMessage(), e);
        } catch (InterruptedException e) {
            context.diagnostics().forEach(line -> diagnostics(target.target() + ": " + line));
            throw e;
        }
    }

    private void startAll(List<PointCapture> all) {
        List<Work<Boolean>> starts = new ArrayList<>();
        for (PointCapture capture : all) {
            starts.add(starting.begin(() -> startOne(capture), refusal -> refused(capture, refusal)));
        }
        try {
            starting.await(starts);
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

    private Work<Boolean> refused(PointCapture capture, CaptureException refusal) {
        if (spec.startFailure() == StartFailurePolicy.FAIL_ALL) {
            return Work.failed(refusal);
        }
        capture.failedToStart(refusal);
        return Work.done(false);
    }

    private static String failures(List<PointCapture> all) {
        StringBuilder text = new StringBuilder();
        all.forEach(
                capture -> text.append(capture.result().join().explanation()).append('\n'));
        return text.toString().strip();
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
            endBeside();
            follows.close();
            cleanups.run();
            leftover(cleanups.leftovers());
            texts.end().forEach(this::warn);
            ResultFiles files = new ResultFiles(this, captures, started);
            ended.complete(snapshots.finish(() -> files.write(warnings, leftovers)));
        } catch (Throwable e) {
            // Whatever it was: who waits for the end must not wait for ever.
            ended.completeExceptionally(e);
        }
    }
}
