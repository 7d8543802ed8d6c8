package io.podcapture;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * Asks the later methods of a choice what would become of them at a point, in order, beside the start of the first: that loses
 * no time by it.
 */
final class AskedBeside {
    // A wait as long as the start may take would leave no time to try a method.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SessionRun session;
    private final List<CompletableFuture<Assessment>> answers;
    // Guarded by this.
    private OptionalLong deadline = OptionalLong.empty();

    private AskedBeside(SessionRun session, int methods) {
        this.session = session;
        this.answers = Stream.generate(CompletableFuture<Assessment>::new)
                .limit(methods)
                .toList();
    }

    /** Begins to ask all methods but the first. */
    static AskedBeside begin(SessionRun session, CaptureRequest request, List<CaptureMethod> methods) {
        List<CaptureMethod> later = methods.subList(1, methods.size());
        AskedBeside asked = new AskedBeside(session, later.size());
        if (later.isEmpty()) {
            return asked;
        }
        try {
            Work<Boolean> work = Work.begin(session.spec().executor(), () -> asked.askAll(later, request));
            work.result().whenComplete((done, failure) -> asked.giveUp());
            session.beside(work);
        } catch (RejectedExecutionException e) {
            // Who has no thread to ask has no answer; the start does not need one.
            asked.giveUp();
        }
        return asked;
    }

    private boolean askAll(List<CaptureMethod> methods, CaptureRequest request) throws InterruptedException {
        for (int i = 0; i < methods.size(); i++) {
            answers.get(i).complete(ask(methods.get(i), request));
        }
        return true;
    }

    private void giveUp() {
        answers.forEach(answer -> answer.complete(Assessment.untold()));
    }

    // It should make nothing; what it makes all the same must not stay.
    private Assessment ask(CaptureMethod method, CaptureRequest request) throws InterruptedException {
        CaptureContext context = new CaptureContext(session);
        try {
            return Planner.assessLater(method, request, PlanDepth.READ, context);
        } finally {
            context.cleanUp();
        }
    }

    /**
     * Requires that a method need not fail; waits a while for its answer, the same for all of them.
     *
     * @param index of the method, from 0
     * @throws CaptureException with the reason for which it would
     */
    void requireNoRefusal(int index) throws InterruptedException {
        if (index == 0) {
            return;
        }
        Assessment told = await(answers.get(index - 1));
        if (told.reason().isPresent()) {
            throw new CaptureException(told.reason().get(), told.sentence());
        }
    }

    // Where there is no answer in time, the method itself will tell.
    private Assessment await(CompletableFuture<Assessment> answer) throws InterruptedException {
        Duration left = patience();
        if (left.isZero()) {
            return answer.getNow(Assessment.untold());
        }
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = session.spec().timers().after(left, () -> time.complete(null));
        try {
            CompletableFuture.anyOf(answer, time).get();
            return answer.getNow(Assessment.untold());
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither stage fails", e);
        } finally {
            handle.cancel();
        }
    }

    private synchronized Duration patience() {
        long now = session.spec().timers().nanoTime();
        if (deadline.isEmpty()) {
            deadline = OptionalLong.of(now + PATIENCE.toNanos());
        }
        return Duration.ofNanos(Math.max(0, deadline.getAsLong() - now));
    }
}
