package io.podcapture;

import io.podcapture.spi.Timers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One capture of one or more targets, from its start to its result.
 *
 * <p>{@link #start} returns when every capture point is proven to be capturing, {@link #stop} when the last packet sent
 * before it is in the file. A session is used once. It is safe for use by several threads; {@code start} and {@code stop}
 * block.
 *
 * @since 0.1
 */
public final class CaptureSession implements AutoCloseable {
    private enum State {
        NEW,
        STARTING,
        RUNNING,
        OVER
    }

    private final SessionRun run;
    private final Object lock = new Object();
    private State state = State.NEW;
    private boolean ran;
    private boolean closedWhileStarting;

    private CaptureSession(SessionSpec spec) {
        this.run = new SessionRun(spec);
        run.ended().whenComplete((result, failure) -> setState(State.OVER));
    }

    /** Begins the description of a session. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the session's id: the mark on everything made for it in a cluster. */
    public String id() {
        return run.id();
    }

    /**
     * Starts to capture and returns when every point is proven to be capturing: its tool has the interface open and the filter
     * attached, so that a packet sent from now on is seen.
     *
     * @return this session
     * @throws CaptureException if not all could start, with the reason of the first; nothing is left behind then. With {@link
     *     StartFailurePolicy#GO_ON} only if none could. {@link FailureReason#CANCELLED} if the session is closed or the
     *     thread interrupted meanwhile; the interrupt is kept
     * @throws IllegalStateException if it was started or closed before
     */
    public CaptureSession start() {
        synchronized (lock) {
            if (state != State.NEW) {
                throw new IllegalStateException("a session starts once; this one is " + state);
            }
            state = State.STARTING;
        }
        run.start();
        synchronized (lock) {
            if (!closedWhileStarting) {
                // A session may have ended by itself before this line: a limit, or nothing to capture.
                state = state == State.STARTING ? State.RUNNING : state;
                ran = true;
                return this;
            }
        }
        // Closed at the last moment: what was captured meanwhile is not wanted.
        run.stop(EndCause.STOPPED);
        ResultFiles.delete(run.ended().join());
        throw new CaptureException(FailureReason.CANCELLED, "the session was closed while it started");
    }

    /**
     * Starts on a thread of the session's executor; the stage completes as {@link #start} returns or throws, and fails with
     * {@link FailureReason#PROCESS_FAILED} where the executor refuses.
     */
    public CompletableFuture<CaptureSession> startAsync() {
        try {
            return Work.begin(run.spec().executor(), this::start).result();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(StartTogether.refusal(e));
        }
    }

    /**
     * Stops and returns when the last packet sent before this call is in the file, the file is merged and everything made is
     * cleaned up. Asked again it returns the same result.
     *
     * <p>A thread that is interrupted meanwhile skips the rest of the wait for the last packets; the result says so, and the
     * interrupt is kept.
     *
     * @throws CaptureException {@link FailureReason#PACKETS_LOST}, only with {@link LossPolicy#FAIL}, after the file is written
     * @throws IllegalStateException if the session never ran
     */
    public CaptureResult stop() {
        CaptureResult result = awaitEnd();
        boolean lost =
                result.points().stream().anyMatch(point -> point.statistics().dropped() > 0);
        if (run.spec().loss() == LossPolicy.FAIL && lost) {
            throw new CaptureException(FailureReason.PACKETS_LOST, "packets were lost:\n" + result.explanation());
        }
        return result;
    }

    /**
     * Returns a future that completes with the result when the session has ended, by whatever cause, also by a limit. Faults of
     * captures are in the result and do not make it fail; a session that could not start, or was closed before, makes it fail
     * with the same exception. Completing or cancelling it changes nothing.
     */
    public CompletableFuture<CaptureResult> ended() {
        return run.ended().copy();
    }

    /**
     * Writes all packets captured so far into a file, without ending anything: every packet sent before this call is in it.
     *
     * @param file what to write; replaced if it is there. A manifest is written beside it
     * @throws CaptureException {@link FailureReason#OUTPUT_FAILED} if it cannot be written, {@link FailureReason#INCOMPLETE}
     *     if no point has captured anything
     * @throws IllegalStateException if the session never ran
     */
    public Snapshot snapshot(Path file) {
        return snapshot(file, Optional.empty(), Optional.empty());
    }

    /**
     * Writes the packets since a moment into a file, as {@link #snapshot(Path)} does.
     *
     * @param from the first moment, by the session's clock
     */
    public Snapshot snapshot(Path file, Instant from) {
        return snapshot(file, Optional.of(from), Optional.empty());
    }

    /**
     * Writes the packets of a time window into a file, as {@link #snapshot(Path)} does. The window is moved and widened for
     * each capture point by what is known of its clock.
     *
     * <p>Blocks until the packets that were sent before this call are there, most often for about a second. A thread that is
     * interrupted waits no longer; the snapshot says so, and the interrupt is kept. A session that has ended is cut as well.
     *
     * @param from the first moment, by the session's clock
     * @param to the last moment; one that is still to come is not waited for
     * @throws IllegalArgumentException if the window ends before it begins
     */
    public Snapshot snapshot(Path file, Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the window ends at " + to + ", before it begins at " + from);
        }
        return snapshot(file, Optional.of(from), Optional.of(to));
    }

    private Snapshot snapshot(Path file, Optional<Instant> from, Optional<Instant> to) {
        synchronized (lock) {
            if (!ran) {
                throw new IllegalStateException("the session does not run; it is " + state);
            }
        }
        return run.snapshot(file.toAbsolutePath().normalize(), from, to);
    }

    /** Gives this moment a name: it is in the comment and the manifest of each file that has it. Does not wait. */
    public void mark(String text) {
        run.snapshots().mark(Objects.requireNonNull(text, "text"));
    }

    /** Returns how far the captures are. */
    public CaptureProgress progress() {
        return run.progress();
    }

    /**
     * Does all that {@link #stop} does, and never throws: the capture of a test that failed is the one that is wanted. While
     * the session starts, it undoes the start, and returns when that is done. Does nothing before the start or after the end.
     */
    @Override
    public void close() {
        boolean everRan;
        synchronized (lock) {
            if (state == State.NEW) {
                run.neverStart();
            }
            if (state == State.STARTING) {
                state = State.OVER;
                closedWhileStarting = true;
                run.cancelStart();
            }
            everRan = ran;
        }
        if (!everRan) {
            // The start is being undone; it must have ended before the caller closes the client that it uses.
            run.ended().handle((result, failure) -> 0).join();
            return;
        }
        try {
            awaitEnd();
        } catch (RuntimeException e) {
            System.getLogger(CaptureSession.class.getName())
                    .log(System.Logger.Level.WARNING, "session " + id() + " could not be closed in full", e);
        }
    }

    /** Stops, and deletes the file: for a capture that turned out not to be needed. */
    public void discard() {
        run.giveUpDrain();
        close();
        if (run.ended().isDone() && !run.ended().isCompletedExceptionally()) {
            ResultFiles.delete(run.ended().join());
        }
    }

    private CaptureResult awaitEnd() {
        synchronized (lock) {
            if (!ran) {
                throw new IllegalStateException("the session does not run; it is " + state);
            }
        }
        run.stop(EndCause.STOPPED);
        boolean interrupted = false;
        while (true) {
            try {
                CaptureResult result = run.ended().get();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return result;
            } catch (InterruptedException e) {
                interrupted = true;
                run.giveUpDrain();
            } catch (ExecutionException e) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw new CompletionException(e.getCause());
            }
        }
    }

    private void setState(State next) {
        synchronized (lock) {
            state = next;
        }
    }

    /**
     * Describes a session: targets, methods, limits and where the packets go. Used once; not thread-safe.
     */
    public static final class Builder extends PointOptions<Builder> {
        private record Named(Target target, TargetOptions options) {}

        private final List<Named> targets = new ArrayList<>();
        private final List<CaptureListener> listeners = new ArrayList<>();
        private final List<LiveTap> taps = new ArrayList<>();
        private final Setting<Path> output = new Setting<>("the output");
        private final Setting<Path> parts = new Setting<>("the directory of the part files");
        private final Setting<Duration> startTimeout = new Setting<>("startTimeout");
        private final Setting<Duration> stopTimeout = new Setting<>("stopTimeout");
        private final Setting<StartFailurePolicy> startFailure = new Setting<>("onStartFailure");
        private final Setting<LossPolicy> loss = new Setting<>("onLoss");
        private final Setting<Boolean> allowEmpty = new Setting<>("allowEmpty");
        private final Setting<String> comment = new Setting<>("the comment");
        private final Setting<Timers> timers = new Setting<>("timers");
        private final Setting<InstantSource> clock = new Setting<>("the clock");
        private final Setting<Executor> executor = new Setting<>("the executor");

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Adds a target; what is set on the session holds for it. */
        public Builder target(Target target) {
            return target(target, on -> {});
        }

        /** Adds a target with options of its own. */
        public Builder target(Target target, Consumer<TargetOptions> options) {
            TargetOptions own = new TargetOptions();
            options.accept(own);
            targets.add(new Named(Objects.requireNonNull(target, "target"), own));
            return this;
        }

        /**
         * Sets the capture file. It is written at the end: until then there are part files beside it. A file that is there is
         * replaced.
         */
        public Builder writeTo(Path file) {
            output.set(file.toAbsolutePath().normalize());
            return this;
        }

        /** Sets where the part files lie while the session runs; beside the output by default. */
        public Builder partsIn(Path directory) {
            parts.set(directory.toAbsolutePath().normalize());
            return this;
        }

        /** Sets how long the start may take; 60 s by default. */
        public Builder startTimeout(Duration duration) {
            startTimeout.set(positive("startTimeout", duration));
            return this;
        }

        /** Sets how long a stop may go on without any progress; 30 s by default. */
        public Builder stopTimeout(Duration duration) {
            stopTimeout.set(positive("stopTimeout", duration));
            return this;
        }

        /** Sets what happens when a capture point cannot start; {@link StartFailurePolicy#FAIL_ALL} by default. */
        public Builder onStartFailure(StartFailurePolicy policy) {
            startFailure.set(policy);
            return this;
        }

        /** Sets what happens when packets were dropped; {@link LossPolicy#WARN} by default. */
        public Builder onLoss(LossPolicy policy) {
            loss.set(policy);
            return this;
        }

        /** Allows a target of which nothing runs; otherwise it is an error. */
        public Builder allowEmpty() {
            allowEmpty.set(true);
            return this;
        }

        /** Adds a listener. */
        public Builder listener(CaptureListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Adds a tap, which shows packets while they are captured. */
        public Builder tap(LiveTap tap) {
            taps.add(Objects.requireNonNull(tap, "tap"));
            return this;
        }

        /** Sets a text that the comment of the capture file begins with. */
        public Builder comment(String text) {
            comment.set(text);
            return this;
        }

        /** Sets the passing of time, for tests. */
        public Builder timers(Timers timers) {
            this.timers.set(timers);
            return this;
        }

        /** Sets the clock of all instants in the result; the system's by default. */
        public Builder clock(InstantSource clock) {
            this.clock.set(clock);
            return this;
        }

        /**
         * Sets the threads for blocking work. Each task needs a thread of its own, for a pool that is too small stops the
         * session; by default each gets a daemon thread. What it refuses does not begin, a start or a text for instance; but
         * what has begun is carried through, on a daemon thread where it must be, and the result has a warning then.
         */
        public Builder executor(Executor executor) {
            this.executor.set(executor);
            return this;
        }

        /**
         * Checks everything that can be checked without a network, and makes the session.
         *
         * @throws IllegalStateException if a target, its method or the output is missing
         * @throws IllegalArgumentException if a method does not understand a target
         */
        public CaptureSession build() {
            List<TargetSpec> specs = targetSpecs();
            Path file = output.value().orElseThrow(() -> new IllegalStateException("no output: call writeTo(...)"));
            if (file.getFileName() == null || Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IllegalArgumentException("the output " + file + " is not a file that can be replaced");
            }
            Path directory = Objects.requireNonNullElse(file.getParent(), file);
            return new CaptureSession(new SessionSpec(
                    specs,
                    file,
                    parts.or(directory),
                    startTimeout.or(Duration.ofSeconds(60)),
                    stopTimeout.or(Duration.ofSeconds(30)),
                    startFailure.or(StartFailurePolicy.FAIL_ALL),
                    loss.or(LossPolicy.WARN),
                    allowEmpty.or(false),
                    List.copyOf(listeners),
                    List.copyOf(taps),
                    comment.or(""),
                    executor.or(new DaemonThreads("podcapture")),
                    timers.or(new SystemTimers()),
                    clock.or(InstantSource.system())));
        }

        /**
         * Finds out what a session would do and which of its methods would work where, without doing anything; needs no output.
         * Blocks; the builder stays usable.
         *
         * @throws CaptureException if a target does not exist or may not be looked at, or if they are not found within the time of a start
         * @throws IllegalStateException if a target or its method is missing
         */
        public CapturePlan plan() {
            return plan(PlanDepth.READ);
        }

        /** Finds it out as {@link #plan()} does, as far as wanted. */
        public CapturePlan plan(PlanDepth depth) {
            Objects.requireNonNull(depth, "depth");
            return new Planner(
                            targetSpecs(),
                            allowEmpty.or(false),
                            executor.or(new DaemonThreads("podcapture-plan")),
                            timers.or(new SystemTimers()),
                            startTimeout.or(Duration.ofSeconds(60)))
                    .plan(depth);
        }

        private List<TargetSpec> targetSpecs() {
            if (targets.isEmpty()) {
                throw new IllegalStateException("no target: call target(...)");
            }
            return targets.stream()
                    .map(named -> TargetSpec.of(named.target(), named.options(), this))
                    .toList();
        }

        /** Makes the session and {@linkplain CaptureSession#start starts} it. */
        public CaptureSession start() {
            return build().start();
        }

        private static Duration positive(String what, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(what + " " + duration + " is not positive");
            }
            return duration;
        }
    }
}
