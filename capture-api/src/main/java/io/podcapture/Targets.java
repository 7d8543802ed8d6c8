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

    /** Names the pods of a stateful set. */
    public static Target statefulSet(String namespace, String name) {
        return of("statefulset", namespace, name);
    }

    /** Names the pods of a daemon set. */
    public static Target daemonSet(String namespace, String name) {
        return of("daemonset", namespace, name);
    }

    /** Names the pods of a replica set. */
    public static Target replicaSet(String namespace, String name) {
        return of("replicaset", namespace, name);
    }

    /** Names the pods of a job. */
    public static Target job(String namespace, String name) {
        return of("job", namespace, name);
    }

    /** Names the pods that a service selects, whether or not they are ready to serve. */
    public static Target service(String namespace, String name) {
        return of("service", namespace, name);
    }

    /** Names all pods of a namespace. */
    public static Target namespace(String name) {
        return of("namespace", "", name);
    }

    /** Names a node itself: the machine's own traffic, and not that of the pods on it. */
    public static Target node(String name) {
        return of("node", "", name);
    }

    /**
     * Names a pod that does not exist yet: the method {@code pod} makes it, with a network of its own, and removes it at the
     * end. Its traffic is what the user makes in it, by {@code kubectl exec} for instance.
     *
     * @param name free in its namespace
     */
    public static Target debugPod(String namespace, String name) {
        return of("debugpod", namespace, name);
    }

    /** Names something of a kind that a method of your own understands; the scope may be empty. */
    public static Target of(String kind, String scope, String name) {
        return new Target(kind, scope, Optional.of(name), Optional.empty(), Optional.empty());
    }
}
