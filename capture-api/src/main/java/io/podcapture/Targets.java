package io.podcapture;

import java.util.Objects;
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

    /**
     * Names a container of Docker or Podman, for the methods of capture-local.
     *
     * @param id its id, also the beginning of it, or its name
     * @throws NullPointerException if it is null, as the id of Testcontainers' container is before its start
     */
    public static Target container(String id) {
        Objects.requireNonNull(id, "the container has no id, it was not started yet: name it when it runs");
        return of("container", "", id);
    }

    /** Names the machine itself on which Docker or Podman runs its containers, which may be another than this. */
    public static Target containerHost() {
        return of("containerhost", "", "engine");
    }

    /**
     * Names the network namespace that a process of this machine is in, for the methods of capture-local.
     *
     * @param pid its number, from 1, as this machine's {@code /proc} has it
     * @throws IllegalArgumentException if it is less than 1
     */
    public static Target process(long pid) {
        if (pid < 1) {
            throw new IllegalArgumentException("the number of a process is at least 1, not " + pid);
        }
        return of("process", "", Long.toString(pid));
    }

    /**
     * Names a network namespace of this machine, for the methods of capture-local.
     *
     * @param name as {@code ip netns} lists it, or the path of its file, {@code /run/docker/netns/1f2e} for instance
     */
    public static Target networkNamespace(String name) {
        return of("netns", "", name);
    }

    /** Names something of a kind that a method of your own understands; the scope may be empty. */
    public static Target of(String kind, String scope, String name) {
        return new Target(kind, scope, Optional.of(name), Optional.empty(), Optional.empty());
    }
}
