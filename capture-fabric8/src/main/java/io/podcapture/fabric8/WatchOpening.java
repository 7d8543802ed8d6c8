package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Opens watches, one after the other, each by a thread of its own: a client waits for the answer for ever, and whoever is
 * interrupted meanwhile loses the watch, which opens all the same. One that is answered when it was given up is closed at once.
 *
 * <p>Used by one thread, but for {@link #end} and {@link #isUnanswered}.
 */
final class WatchOpening {
    private final Duration limit;
    private final Duration grace;
    private final Duration again;

    // Guarded by this.
    private Optional<CompletableFuture<Watch>> unanswered = Optional.empty();
    private long askedAt;
    private CompletableFuture<Watch> awaited = new CompletableFuture<>();
    private Optional<Thread> asking = Optional.empty();
    private boolean over;

    /**
     * Makes it.
     *
     * @param limit when a watch that has no answer is given up
     * @param grace how long, after the end, one may still be answered; later ones are lost
     * @param again how long one may be without an answer until another may be asked for, for the answer may never come;
     *     the one before is then given up for good, and lost if it opens all the same
     */
    WatchOpening(Duration limit, Duration grace, Duration again) {
        this.limit = limit;
        this.grace = grace;
        this.again = again;
    }

    /** Tells whether one that was given up has no answer yet, and may still get it. */
    synchronized boolean isUnanswered() {
        return unanswered.isPresent() && System.nanoTime() - askedAt < again.toNanos();
    }

    /**
     * Opens one; what the question throws is thrown here too.
     *
     * @throws CancellationException if it was given up: at the end, after the limit, or by an interrupt, which is kept
     */
    Watch open(Supplier<Watch> question) {
        CompletableFuture<Watch> answer = begin(question);
        try {
            answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            // What became of it is seen below, also where it is answered just now.
        }
        answer.cancel(false);
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        }
    }

    /** Gives up what is being opened, and lets nothing more begin. Does not wait. */
    void end() {
        Optional<Thread> still;
        synchronized (this) {
            over = true;
            awaited.cancel(false);
            still = asking.filter(Thread::isAlive);
        }
        still.ifPresent(thread -> CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS)
                .execute(thread::interrupt));
    }

    private synchronized CompletableFuture<Watch> begin(Supplier<Watch> question) {
        if (over) {
            throw new CancellationException("nobody waits for the watch any more");
        }
        CompletableFuture<Watch> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> ask(question, answer), "podcapture-watch");
        thread.setDaemon(true);
        awaited = answer;
        if (unanswered.isPresent()) {
            // What it may still open is lost; one that was answered may be closing it.
            asking.ifPresent(Thread::interrupt);
        }
        asking = Optional.of(thread);
        unanswered = Optional.of(answer);
        askedAt = System.nanoTime();
        thread.start();
        return answer;
    }

    private void ask(Supplier<Watch> question, CompletableFuture<Watch> answer) {
        try {
            Watch opened = question.get();
            answered(answer);
            if (!answer.complete(opened)) {
                opened.close();
            }
        } catch (RuntimeException | Error e) {
            answered(answer);
            answer.completeExceptionally(e);
        }
    }

    private synchronized void answered(CompletableFuture<Watch> answer) {
        unanswered = unanswered.filter(open -> open != answer);
    }
}
