package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One question to the API server, in the words of its access rules.
 *
 * @param verb for instance {@code patch}
 * @param resource for instance {@code pods/ephemeralcontainers}
 * @param object whose, for messages
 */
record ApiCall(String verb, String resource, String object) {
    /** A request that has not been answered by then will hardly be. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int TRIES = 3;

    /**
     * Asks, and translates a failure.
     *
     * @throws InterruptedException if the client gave up because the thread was interrupted
     */
    <T> T ask(Supplier<T> question) throws InterruptedException {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                InterruptedException interrupted = new InterruptedException("interrupted while it was to " + this);
                interrupted.initCause(e);
                throw interrupted;
            }
            throw ApiErrors.translate(e, this);
        }
    }

    /**
     * Asks for what changes nothing, as {@link #ask} does, and asks again, up to three times in all, where nobody answered within
     * the client's time for a request: over Vert.x it asks once. All else that may pass it repeats by itself, as often as its user
     * wants: answers 429, of 500 and above, broken connections, and over the JDK's client what nobody answered too.
     *
     * @throws InterruptedException if the client gave up because the thread was interrupted
     */
    <T> T read(Supplier<T> question) throws InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                return ask(question);
            } catch (CaptureException e) {
                if (left == 0 || !isUnanswered(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isUnanswered(CaptureException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks for a change, as {@link #ask} does, and is not interrupted while it is under way: who gave up then and looked for
     * what to undo could look before the server did it. Blocks up to {@link #LONGEST} longer for it.
     *
     * @throws InterruptedException if the thread was interrupted; the change may have been made
     */
    <T> T change(Supplier<T> question) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(() -> ask(question));
        Thread thread = new Thread(task, "podcapture-" + verb);
        thread.setDaemon(true);
        thread.start();
        try {
            return resultOf(task);
        } catch (InterruptedException e) {
            thread.join(LONGEST.toMillis());
            throw e;
        }
    }

    private static <T> T resultOf(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // Nobody interrupts that thread but the client itself, when it is closed.
            InterruptedException interrupted = new InterruptedException("ended while the API server was asked");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    @Override
    public String toString() {
        return verb + " " + resource + " of " + object;
    }
}
