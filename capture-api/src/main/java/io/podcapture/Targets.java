package io.podcapture;

import java.util.Optional;

/**
 * Makes {@linkplain Target targets}.
 *
 * @since 0.1
 */
public final class Targets {
    private Targets() {}

    /** Names one pod. */
    public static Target pod(String namespace, String name) {
        return of("pod", namespace, name);
    }

    /**
     * Names all pods that carry the labels.
     *
     * @param selector labels as {@code kubectl -l} takes them, for instance {@code app=web,tier!=test}
     */
    public static Target pods(String namespace, String selector) {
        return new Target("pod", namespace, Optional.empty(), Optional.of(selector), Optional.empty());
    }

    /** Names the pods of a deployment. */
    public static Target deployment(String namespace, String name) {
        return of("deployment", namespace, name);
    }

    /** Names something of a kind that a method of your own understands; the scope may be empty. */
    public static Target of(String kind, String scope, String name) {
        return new Target(kind, scope, Optional.of(name), Optional.empty(), Optional.empty());
    }
}
