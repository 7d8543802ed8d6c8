package io.podcapture;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.Ending;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.Timers;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The capture of one interface of one point, from the first method tried to its result.
 *
 * <p>Started by one thread; everything after that may come from any. What is shared is volatile or a future, and the end
 * happens once, on a thread of its own.
 */
final class PointCapture {
    /** After these another method may do better; after the others any method would say the same. */
    private static final Set<FailureReason> NEXT_METHOD_AFTER = EnumSet.of(
            FailureReason.UNSUPPORTED,
            FailureReason.TOOL_MISSING,
            FailureReason.FORBIDDEN,
            FailureReason.POLICY_DENIED,
            FailureReason.IMAGE_UNAVAILABLE,
            FailureReason.PROCESS_FAILED,
            FailureReason.STREAM_LOST,
            FailureReason.START_TIMEOUT);

    // What pipes and sockets between a stopped tool and us may hold.
    private static final long MOST_ON_THE_WAY = 64L << 20;

    // The script answers at once; a tool that has died does not.
    private static final Duration CLOCK_ANSWER = Duration.ofSeconds(3);

    // A stream often breaks some moments before it is told that its pod was deleted.
    private static final Duration NEWS_OF_POINT = Duration.ofSeconds(3);

    private final SessionRun session;
    private final TargetSpec spec;
    private final CaptureRequest request;
    private final int number;
    private final List<String> passedOver = new ArrayList<>();
    private final CompletableFuture<PointResult> result = new CompletableFuture<>();
    private final CompletableFuture<Void> drainGivenUp = new CompletableFuture<>();
    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private final AtomicReference<@Nullable EndCause> cause = new AtomicReference<>();
    private final CompletableFuture<DrainProof> drained = new CompletableFuture<>();
    private volatile Optional<LiveCapture> live = Optional.empty();
    // One wait at a time for the packets on their way.
    private final Object draining = new Object();
    // Up to here everything is proven to be there once the stop has been drained.
    private volatile Optional<Instant> stopAsked = Optional.empty();
    private volatile boolean undone;
    private volatile OptionalLong dropped = OptionalLong.empty();
    private volatile boolean stopGivenUp;
    // Packets that the kernel had handed to the tool at the stop, where only the end shows whether they are here.
    private volatile OptionalLong handedAtStop = OptionalLong.empty();
    private volatile OptionalLong sufficient = OptionalLong.empty();

    PointCapture(SessionRun session, TargetSpec spec, CapturePoint point, String interfaceName, int number) {
        this.session = session;
        this.spec = spec;
        this.request = spec.request(point, interfaceName);
        this.number = number;
    }

    TargetSpec spec() {
        return spec;
    }

    CaptureRequest request() {
        return request;
    }

    CompletableFuture<PointResult> result() {
        return result;
    }

    /** Returns what the tool was asked for, which may be more than the request. */
    CaptureRequest asked() {
        return live.map(LiveCapture::asked).orElse(request);
    }

    Optional<PartFile> part() {
        return live.map(LiveCapture::part);
    }

    /** Tells whether its packets come only at the end. */
    boolean deliversAtEnd() {
        return live.filter(running -> running.capture().deliversAtEnd()).isPresent();
    }

    CaptureProgress.Point progress() {
        long records = part().map(PartFile::records).orElse(0L);
        long octets = part().map(PartFile::octets).orElse(0L);
        return new CaptureProgress.Point(request.point(), request.interfaceName(), records, octets, dropped);
    }

    /** Starts with the first method that works; undoes what those before it made. */
    void start() throws InterruptedException {
        List<CaptureException> failures = new ArrayList<>();
        List<CaptureMethod> methods = spec.choice().methods();
        AskedBeside asked = session.asked(spec, request);
        for (int i = 0; i < methods.size(); i++) {
            CaptureMethod method = methods.get(i);
            try {
                requireNoRefusal(asked, i, method);
                live = Optional.of(startBy(method));
                begin();
                return;
            } catch (CaptureException e) {
                failures.add(e);
                if (!NEXT_METHOD_AFTER.contains(e.reason())) {
                    throw e;
                }
                passedOver.add(method.name() + ": " + e.getMessage());
            }
        }
        throw noMethod(failures);
    }

    private void requireNoRefusal(AskedBeside asked, int index, CaptureMethod method) throws InterruptedException {
        try {
            asked.requireNoRefusal(index);
        } catch (CaptureException e) {
            throw new CaptureException(e.reason(), cannot(method) + e.getMessage(), e);
        }
    }

    /** Records a point that could not start, where the session goes on without it. */
    void failedToStart(CaptureException failure) {
        result.complete(new PointReport(
                request.point(),
                request.interfaceName(),
                request.filter(),
                Outcome.FAILED,
                EndCause.FAULT,
                Optional.of(failure.reason()),
                String.valueOf(failure.getMessage()),
                Optional.empty(),
                List.copyOf(passedOver),
                DrainProof.NONE,
                new Statistics(
                        0,
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        0),
                Optional.empty(),
                Optional.empty(),
                session.now()));
    }

    /** Drains and stops; does nothing when it is stopping or has ended. Does not wait. */
    void stop(EndCause why) {
        live.ifPresent(running -> {
            if (cause.compareAndSet(null, why)) {
                stopAsked = Optional.of(session.now());
                session.threads().execute(() -> drainAndStop(running));
            }
        });
    }

    /** Ends the wait for the last packets: whoever stops has no more time. */
    void giveUpDrain() {
        drainGivenUp.complete(null);
    }

    /** Tells that the point went away. */
    void pointGone(String reason) {
        gone.complete(reason);
        stop(EndCause.POINT_GONE);
    }

    /** Gives the capture up and deletes its file; for a start that is undone. */
    void undo() {
        undone = true;
        live.ifPresent(running -> {
            running.release();
            running.part().delete();
        });
        live = Optional.empty();
    }

    /** Asks the tool for its counts, for progress. */
    void askCounters() {
        live.ifPresent(running -> running.capture().counters().thenAccept(told -> told.ifPresent(this::remember)));
    }

    private void remember(ToolCounters told) {
        if (told.droppedByKernel().isPresent()) {
            dropped = OptionalLong.of(told.droppedByKernel().getAsLong()
                    + told.droppedByInterface().orElse(0));
        }
    }

    private LiveCapture startBy(CaptureMethod method) throws InterruptedException {
        if (Thread.interrupted()) {
            // The start was given up; a file opened now would only fail by it.
            throw new InterruptedException("the start was given up");
        }
        CaptureContext context = new CaptureContext(session);
        PartFile part = PartFile.create(
                session.partPath(number), loopback(), session.spec().timers());
        Optional<RunningCapture> begun = Optional.empty();
        boolean ready = false;
        try {
            RunningCapture capture = method.start(request, part, context);
            begun = Optional.of(capture);
            if (!capture.deliversAtEnd()) {
                awaitHeader(capture, part);
            }
            ready = true;
            NodeClock clock = new NodeClock(capture, session.spec().clock());
            return new LiveCapture(request, method, context, part, capture, clock, session.now());
        } catch (CaptureException e) {
            throw new CaptureException(e.reason(), cannot(method) + e.getMessage(), e);
        } catch (IOException e) {
            throw new CaptureException(FailureReason.STREAM_LOST, cannot(method) + e.getMessage(), e);
        } catch (InterruptedException e) {
            session.diagnostics(cannot(method) + String.join("; ", context.diagnostics()));
            throw e;
        } finally {
            if (!ready) {
                begun.ifPresent(RunningCapture::close);
                context.cleanUp();
                part.delete();
            }
        }
    }

    // With a direction in the filter the kernel passes one copy of a loopback packet, without it both.
    private RecordFollower.Loopback loopback() {
        if (FilterDirection.passesOneCopy(request)) {
            return RecordFollower.Loopback.NONE;
        }
        return request.interfaceName().equals("lo") ? RecordFollower.Loopback.ALL : RecordFollower.Loopback.BY_HEADER;
    }

    private void awaitHeader(RunningCapture capture, PartFile part) throws InterruptedException {
        try {
            CompletableFuture.anyOf(part.header(), capture.ended().toCompletableFuture())
                    .get(Math.max(1, session.remainingStart().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CaptureException(FailureReason.START_TIMEOUT, "the file header did not arrive in time", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither stage fails", e);
        }
        if (!part.headerSeen()) {
            Ending ending = capture.ended().toCompletableFuture().join();
            throw new CaptureException(
                    ending.reason().orElse(FailureReason.PROCESS_FAILED),
                    "it ended before it was ready: " + ending.explanation());
        }
    }

    private void begin() {
        LiveCapture running = live.orElseThrow();
        running.capture()
                .ended()
                .thenAccept(ending ->
                        session.threads().execute(() -> finish(running, stopGivenUp ? withoutStop(ending) : ending)));
        spec.maxDuration()
                .map(limit -> session.spec().timers().after(limit, () -> stop(EndCause.DURATION_LIMIT)))
                .ifPresent(timer -> result.whenComplete((report, failure) -> timer.cancel()));
        if (!running.capture().deliversAtEnd()) {
            spec.maxBytes()
                    .ifPresent(limit -> running.part().awaitOctets(limit).thenRun(() -> stop(EndCause.BYTE_LIMIT)));
        }
        session.announcer()
                .announce(listener -> listener.ready(
                        request.point(),
                        request.interfaceName(),
                        running.method().name()));
        // Asked now, a tool that can be neither asked nor stopped is found before anybody relies on it.
        askCounters();
        running.clock().read();
        if (gone.isDone()) {
            stop(EndCause.POINT_GONE);
        }
    }

    private void drainAndStop(LiveCapture running) {
        try {
            synchronized (draining) {
                Drain drain = running.drain(session.spec());
                DrainProof proof = drain.await(drainGivenUp);
                handedAtStop = drain.handedAtFirst();
                sufficient = drain.sufficient();
                drained.complete(proof);
            }
        } finally {
            long octets = running.part().octets();
            running.capture().stop();
            watchStop(running, octets, octets, 0);
        }
    }

    /**
     * Waits until the packets sent before are in the part file, and says how whole it is then. Blocks.
     *
     * @param until what the packets shall reach up to, if that is bounded
     * @param givenUp completes when nobody wants to wait any longer
     */
    SnapshotPointReport snapshot(Optional<Instant> until, CompletableFuture<?> givenUp) {
        Optional<LiveCapture> started = live;
        if (started.isPresent() && started.get().capture().deliversAtEnd() && !result.isDone()) {
            return SnapshotPointReport.nothingYet(started.get().point(), request.interfaceName());
        }
        if (started.isPresent() && cause.get() == null && !result.isDone()) {
            LiveCapture running = started.get();
            CompletableFuture<?> over =
                    CompletableFuture.anyOf(running.capture().ended().toCompletableFuture(), givenUp, drainGivenUp);
            CompletableFuture<Void> read = running.clock().read();
            DrainProof proof;
            ToolCounters counted;
            synchronized (draining) {
                Drain drain = running.drain(session.spec());
                proof = drain.await(over);
                counted = drain.counted().orElse(ToolCounters.UNKNOWN);
            }
            awaitClock(read, over);
            if (!running.capture().ended().toCompletableFuture().isDone() || proof == DrainProof.COUNTERS) {
                SnapshotPointReport report = SnapshotPointReport.running(
                        running.point(),
                        request.interfaceName(),
                        proof,
                        counted,
                        running.offset(),
                        running.part().records());
                boolean maybePassedOver = FilterDirection.mayPassOver(request)
                        && Drain.handedToTool(counted).orElse(0)
                                > running.part().received();
                return maybePassedOver ? report.but(Outcome.TRUNCATED, FilterDirection.PASSED_OVER) : report;
            }
        }
        return endedSnapshot(until);
    }

    /** Says how much of a time window this capture has, which ended or is about to. Blocks until it has. */
    SnapshotPointReport endedSnapshot(Optional<Instant> until) {
        return SnapshotPointReport.ended(result.join(), until, stopAsked);
    }

    private void awaitClock(CompletableFuture<?> read, CompletableFuture<?> over) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = session.spec().timers().after(CLOCK_ANSWER, () -> time.complete(null));
        CompletableFuture.anyOf(read, over, time).join();
        handle.cancel();
    }

    // A stop may take as long as what is on its way arrives; without progress, or with more than that, it is given up.
    private void watchStop(LiveCapture running, long atStop, long octets, int idleSeconds) {
        session.spec().timers().after(Duration.ofSeconds(1), () -> {
            PartFile part = running.part();
            if (running.capture().ended().toCompletableFuture().isDone()) {
                return;
            }
            boolean progress = part.writing() || part.octets() != octets;
            boolean heedless = !running.capture().deliversAtEnd() && part.octets() - atStop > MOST_ON_THE_WAY;
            if (heedless
                    || !progress && idleSeconds >= session.spec().stopTimeout().toSeconds()) {
                session.warn(request.point() + ": the capture does not heed the stop and was given up");
                stopGivenUp = true;
                session.threads().execute(running.capture()::close);
            } else {
                watchStop(running, atStop, part.octets(), progress ? 0 : idleSeconds + 1);
            }
        });
    }

    private void finish(LiveCapture running, Ending ending) {
        if (undone) {
            return;
        }
        Instant over = session.now();
        try {
            if (!ending.proven()) {
                awaitNewsOfPoint();
            }
            EndCause why = endCause(ending);
            PartFile part = running.part();
            long cut = part.finish();
            DrainProof proof = proof(part);
            Verdict verdict = Verdict.of(new Verdict.Evidence(
                    why,
                    ending,
                    part.headerSeen(),
                    part.records(),
                    part.loopback(),
                    cut,
                    proof,
                    FilterDirection.mayPassOver(request),
                    gone.getNow("")));
            running.release();
            if (verdict.outcome() == Outcome.FAILED) {
                session.snapshots().whileNoneIsTaken(part::delete);
            }
            report(running, ending.counters(), why, proof, verdict, over);
        } catch (Throwable e) {
            // Whatever it was: who waits for the end must not wait for ever.
            running.release();
            report(
                    running,
                    ending.counters(),
                    EndCause.FAULT,
                    DrainProof.NONE,
                    new Verdict(Outcome.TRUNCATED, Optional.of(FailureReason.OUTPUT_FAILED), String.valueOf(e)),
                    over);
        }
    }

    // Packets that come only at the end cannot be waited for before: but then their number tells.
    private DrainProof proof(PartFile part) {
        DrainProof proof = drained.getNow(DrainProof.NONE);
        boolean counted = part.received() >= handedAtStop.orElse(Long.MAX_VALUE)
                || part.records() >= sufficient.orElse(Long.MAX_VALUE);
        return proof == DrainProof.HAND_OVER && counted ? DrainProof.COUNTERS : proof;
    }

    private Ending withoutStop(Ending ending) {
        return ending.proven()
                ? ending
                : Ending.cut(
                        FailureReason.STOP_TIMEOUT,
                        "it did not stop within " + session.spec().stopTimeout().toSeconds() + " s and was given up");
    }

    private void awaitNewsOfPoint() {
        if (cause.get() == null) {
            CompletableFuture<Void> time = new CompletableFuture<>();
            session.spec().timers().after(NEWS_OF_POINT, () -> time.complete(null));
            CompletableFuture.anyOf(gone, time).join();
        }
    }

    private EndCause endCause(Ending ending) {
        if (gone.isDone()) {
            return EndCause.POINT_GONE;
        }
        EndCause ours = cause.get();
        return ours != null && ending.cause() == EndCause.STOPPED ? ours : ending.cause();
    }

    private void report(
            LiveCapture running, ToolCounters counters, EndCause why, DrainProof proof, Verdict verdict, Instant over) {
        PointResult report = running.report(counters, why, proof, verdict, List.copyOf(passedOver), over);
        session.announcer().announce(listener -> listener.ended(report));
        result.complete(report);
    }

    private String cannot(CaptureMethod method) {
        return "cannot capture on " + request.point() + " by " + method.name() + ": ";
    }

    private CaptureException noMethod(List<CaptureException> failures) {
        // A method that is not for such a target says nothing about it, where another one is.
        List<CaptureException> telling = new ArrayList<>(failures);
        telling.removeIf(e -> e.reason() == FailureReason.UNSUPPORTED);
        CaptureException first = (telling.isEmpty() ? failures : telling).get(0);
        if (telling.stream().allMatch(e -> e.reason() == first.reason())) {
            failures.stream().filter(e -> e != first).forEach(first::addSuppressed);
            return first;
        }
        StringBuilder message = new StringBuilder("no method works on " + request.point() + ":");
        telling.forEach(e -> message.append("\n  ").append(e.getMessage()));
        CaptureException none = new CaptureException(FailureReason.NO_USABLE_METHOD, message.toString(), first);
        failures.stream().filter(e -> e != first).forEach(none::addSuppressed);
        return none;
    }
}
