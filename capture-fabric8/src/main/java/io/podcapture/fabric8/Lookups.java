package io.podcapture.fabric8;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What one thread asks the API server, until another ends it: by an interrupt, which hits nothing that the thread does besides.
 * A client that gets no answer asks again for many seconds; for a watch it waits for ever.
 */
final class Lookups {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private Optional<Question> underWay = Optional.empty();
    private boolean over;

    private static final class Question {
        final Thread thread = Thread.currentThread();

        /** Of what opens something; empty for all else. */
        final Optional<Duration> limit;

        boolean interrupted;

        Question(Optional<Duration> limit) {
            this.limit = limit;
        }
    }

    /**
     * Asks.
     *
     * @throws CancellationException if it was ended before
     */
    <T> T ask(Supplier<T> question) {
        return ask(new Question(Optional.empty()), question);
    }

    /**
     * Asks for something that is to be closed, so that it is not given up at once: nobody could close what comes then.
     *
     * @param limit when it is given up
     * @throws CancellationException if it was ended before
     */
    <T> T open(Duration limit, Supplier<T> question) {
        return ask(new Question(Optional.of(limit)), question);
    }

    private <T> T ask(Question asked, Supplier<T> question) {
        synchronized (this) {
            if (over) {
                throw new CancellationException("nobody waits for the answer any more");
            }
            underWay = Optional.of(asked);
            asked.limit.ifPresent(limit -> interruptAfter(limit, asked));
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
            if (asked.limit.isPresent()) {
                interruptAfter(GRACE, asked);
            } else {
                interrupt(asked);
            }
        });
    }

    private void interruptAfter(Duration time, Question asked) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> interrupt(asked));
    }

    private synchronized void interrupt(Question asked) {
        if (underWay.filter(asked::equals).isPresent()) {
            asked.interrupted = true;
            asked.thread.interrupt();
        }
    }
}
