package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is in a simulated cluster. For one thread; started once.
 *
 * @since 0.1
 */
public final class SimulatedClusterBuilder {
    private final List<String> nodes = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final Map<String, SimulatedImage> images = new HashMap<>();
    private final Map<String, PodSecurity> levels = new HashMap<>();
    private @Nullable Duration blockTimeout;
    private @Nullable String shell;

    /** Something to be made, in the order of the calls. */
    interface Wanted {
        void make(Inhabitants inhabitants) throws IOException;
    }

    SimulatedClusterBuilder() {}

    /**
     * Adds a node.
     *
     * @return this
     */
    public SimulatedClusterBuilder node(String name) {
        if (nodes.contains(name)) {
            throw new IllegalStateException("node " + name + " is already there");
        }
        nodes.add(name);
        return this;
    }

    /**
     * Adds a pod that runs, with one container that has tcpdump.
     *
     * @return this
     */
    public SimulatedClusterBuilder pod(String namespace, String name) {
        return pod(namespace, name, options -> {});
    }

    /**
     * Adds a pod that runs.
     *
     * @param options given a collector
     * @return this
     */
    public SimulatedClusterBuilder pod(String namespace, String name, Consumer<PodOptions> options) {
        PodOptions told = told(options);
        wanted.add(inhabitants -> inhabitants.pod(namespace, name, told));
        return this;
    }

    /**
     * Adds a deployment with a replica set and its pods, which are called by its name, {@code -5d8f} and {@code -0}, {@code
     * -1} and so on; those that replace them are numbered on.
     *
     * @param options of each pod, given a collector
     * @return this
     */
    public SimulatedClusterBuilder deployment(
            String namespace, String name, int replicas, Consumer<PodOptions> options) {
        PodOptions told = told(options);
        wanted.add(inhabitants -> inhabitants.deployment(namespace, name, replicas, told));
        return this;
    }

    /**
     * Adds a stateful set and its pods, which are called by its name and {@code -0}, {@code -1} and so on.
     *
     * @param options of each pod, given a collector
     * @return this
     */
    public SimulatedClusterBuilder statefulSet(
            String namespace, String name, int replicas, Consumer<PodOptions> options) {
        PodOptions told = told(options);
        wanted.add(inhabitants -> inhabitants.statefulSet(namespace, name, replicas, told));
        return this;
    }

    /**
     * Adds a daemon set and its pods, one on each node, which are called by its name and that of the node; those that replace
     * them have {@code -1} and so on behind it.
     *
     * @param options of each pod, given a collector
     * @return this
     */
    public SimulatedClusterBuilder daemonSet(String namespace, String name, Consumer<PodOptions> options) {
        PodOptions told = told(options);
        wanted.add(inhabitants -> inhabitants.daemonSet(namespace, name, told));
        return this;
    }

    private static PodOptions told(Consumer<PodOptions> options) {
        PodOptions told = new PodOptions();
        options.accept(told);
        return told;
    }

    /**
     * Says what is in an image. All others have tcpdump.
     *
     * @param name of the image, as a container names it
     * @return this
     */
    public SimulatedClusterBuilder image(String name, SimulatedImage content) {
        SimulatedImage other = images.putIfAbsent(name, content);
        if (other != null) {
            throw new IllegalStateException("image " + name + " is set twice, to " + other + " and to " + content);
        }
        return this;
    }

    /**
     * Enforces a level of Pod Security in a namespace, which is there also without pods. Without, all is admitted.
     *
     * @return this
     */
    public SimulatedClusterBuilder podSecurity(String namespace, PodSecurity level) {
        PodSecurity other = levels.putIfAbsent(namespace, level);
        if (other != null) {
            throw new IllegalStateException(
                    "the level of namespace " + namespace + " is set twice, to " + other + " and to " + level);
        }
        return this;
    }

    /**
     * Sets how long after its first packet the kernel hands a block over that is not full. Without, a second, as Linux does.
     *
     * @param timeout not negative
     * @return this
     */
    public SimulatedClusterBuilder blockTimeout(Duration timeout) {
        if (blockTimeout != null) {
            throw new IllegalStateException("blockTimeout is set twice, to " + blockTimeout + " and to " + timeout);
        }
        blockTimeout = timeout;
        return this;
    }

    /**
     * Sets which command of this machine is {@code sh} in all containers. Without, that of the same name.
     *
     * @param command {@code dash}, {@code bash} or {@code busybox} for instance
     * @return this
     */
    public SimulatedClusterBuilder shell(String command) {
        if (shell != null) {
            throw new IllegalStateException("shell is set twice, to " + shell + " and to " + command);
        }
        shell = command;
        return this;
    }

    /**
     * Starts the cluster.
     *
     * @throws IOException if this machine lacks what it needs: a shell, mkfifo, and env of GNU coreutils 8.31 or perl
     */
    public SimulatedCluster start() throws IOException {
        Duration timeout = blockTimeout != null ? blockTimeout : Duration.ofSeconds(1);
        SimulatedCluster cluster = SimulatedCluster.start(
                new ClusterSettings(timeout, shell != null ? shell : "sh", Map.copyOf(images), Map.copyOf(levels)));
        boolean whole = false;
        try {
            Inhabitants inhabitants = cluster.inhabit(nodes.isEmpty() ? List.of("node-1") : List.copyOf(nodes));
            levels.forEach(inhabitants::namespace);
            for (Wanted each : wanted) {
                each.make(inhabitants);
            }
            whole = true;
            return cluster;
        } finally {
            if (!whole) {
                cluster.close();
            }
        }
    }
}
