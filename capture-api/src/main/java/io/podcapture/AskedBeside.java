package io.podcapture;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Asks the later methods of a choice what would become of them, beside the start of the first: that loses no time by it. */
final class AskedBeside {
    // A wait as long as the start may take would leave no time to try the method.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SessionRun session;
    private final List<Work<Assessment>> answers = new ArrayList<>();

    private AskedBeside(SessionRun session) {
        this.session = session;
    }

    /** Begins to ask all methods but the first. */
    static AskedBeside begin(SessionRun session, CaptureRequest request, List<CaptureMethod> methods) {
        AskedBeside asked = new AskedBeside(session);
        for (CaptureMethod method : methods.subList(1, methods.size())) {
            Work<Assessment> work = Work.begin(session.spec().executor(), () -> asked.ask(method, request));
            session.beside(work);
            asked.answers.add(work);
        }
        return asked;
    }

    // It should make nothing; what it makes all the same must not stay.
    private Assessment ask(CaptureMethod method, CaptureRequest request) throws InterruptedException {
        CaptureContext context = new CaptureContext(session);
        try {
            return Planner.assess(method, request, PlanDepth.READ, context);
        } finally {
            context.cleanUp();
        }
    }

    /**
     * Requires that a method need not fail; waits a while for its answer.
     *
     * @param index of the method, from 0
     * @throws CaptureException with the reason for which it would
     */
    void requireNoRefusal(int index) throws InterruptedException {
        if (index == 0) {
            return;
        }
        CompletableFuture<Assessment> answer = answers.get(index - 1).result();
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = session.spec().timers().after(PATIENCE, () -> time.complete(null));
        try {
            CompletableFuture.anyOf(answer, time).get();
            Assessment told = answer.getNow(Assessment.untold());
            if (told.reason().isPresent()) {
                throw new CaptureException(told.reason().get(), told.sentence());
            }
        } catch (ExecutionException | CompletionException untold) {
            // Then the method itself will tell, as it does where there is no answer yet.
        } finally {
            handle.cancel();
        }
    }
}
