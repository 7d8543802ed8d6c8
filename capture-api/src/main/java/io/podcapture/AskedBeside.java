package io.podcapture;

import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CaptureRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the later methods of a choice what would become of them, beside the start of the first: that loses no time by it. */
final class AskedBeside {
    private final SessionRun session;
    private final List<Work<Assessment>> answers = new ArrayList<>();

    private AskedBeside(SessionRun session) {
        this.session = session;
    }

    /** Begins to ask all methods but the first. */
    static AskedBeside begin(SessionRun session, CaptureRequest request, List<CaptureMethod> methods) {
        AskedBeside asked = new AskedBeside(session);
        for (CaptureMethod method : methods.subList(1, methods.size())) {
            Work<Assessment> work = Work.begin(
                    session.spec().executor(),
                    () -> Planner.assess(method, request, PlanDepth.READ, new CaptureContext(session)));
            session.beside(work);
            asked.answers.add(work);
        }
        return asked;
    }

    /**
     * Requires that a method need not fail; waits for its answer.
     *
     * @param index of the method, from 0
     * @throws CaptureException with the reason for which it would
     */
    void requireNoRefusal(int index) throws InterruptedException {
        if (index == 0) {
            return;
        }
        try {
            Assessment told = answers.get(index - 1)
                    .result()
                    .get(Math.max(1, session.remainingStart().toMillis()), TimeUnit.MILLISECONDS);
            if (told.reason().isPresent()) {
                throw new CaptureException(told.reason().get(), told.sentence());
            }
        } catch (ExecutionException | TimeoutException untold) {
            // Then the method itself will tell.
        }
    }
}
