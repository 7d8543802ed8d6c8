package io.podcapture.fabric8;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * What one thread asks the API server, until another ends it: by an interrupt, which hits nothing that the thread does besides.
 * A client that gets no answer asks again for many seconds.
 */
final class Lookups {
    private Optional<Question> underWay = Optional.empty();
    private boolean over;

    private static final class Question {
        final Thread thread = Thread.currentThread();

        boolean interrupted;
    }

    /**
     * Asks.
     *
     * @throws CancellationException if it was ended before
     */
    <T> T ask(Supplier<T> question) {
        Question asked = new Question();
        synchronized (this) {
            if (over) {
                throw new CancellationException("nobody waits for the answer any more");
            }
            underWay = Optional.of(asked);
        }
        try {
            return question.get();
        } finally {
            answered(asked);
        }
    }

    private synchronized void answered(Question asked) {
        underWay = Optional.empty();
        if (asked.interrupted) {
            // It was meant for the question.
            Thread.interrupted();
        }
    }

    /** Ends the question that is under way, and lets none begin. */
    synchronized void end() {
        over = true;
        underWay.ifPresent(asked -> {
            asked.interrupted = true;
            asked.thread.interrupt();
        });
    }
}
