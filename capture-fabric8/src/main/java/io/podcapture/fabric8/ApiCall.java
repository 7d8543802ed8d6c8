package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/**
 * One question to the API server, in the words of its access rules.
 *
 * @param verb for instance {@code patch}
 * @param resource for instance {@code pods/ephemeralcontainers}
 * @param object whose, for messages
 */
record ApiCall(String verb, String resource, String object) {
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

    @Override
    public String toString() {
        return verb + " " + resource + " of " + object;
    }
}
