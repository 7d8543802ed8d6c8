package io.podcapture.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a pod of a simulated cluster is like. For one thread.
 *
 * @since 0.1
 */
public final class PodOptions {
    private final Map<String, SimulatedImage> containers = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private @Nullable String node;

    PodOptions() {}

    /**
     * Puts it on a node. Without, it is on the first.
     *
     * @param name of a node that was named before
     * @return this
     */
    public PodOptions node(String name) {
        if (node != null) {
            throw new IllegalStateException("node is set twice, to " + node + " and to " + name);
        }
        node = name;
        return this;
    }

    /**
     * Adds a container that runs. Without any, there is one, {@code app}, of {@link SimulatedImage#TOOLS}.
     *
     * @param name of no other container of the pod
     * @param image what is in it
     * @return this
     */
    public PodOptions container(String name, SimulatedImage image) {
        if (image == SimulatedImage.UNAVAILABLE) {
            throw new IllegalArgumentException("container " + name + " runs, so its image could be pulled");
        }
        SimulatedImage other = containers.putIfAbsent(name, image);
        if (other != null) {
            throw new IllegalStateException("container " + name + " is there twice, of " + other + " and of " + image);
        }
        return this;
    }

    /**
     * Adds a label.
     *
     * @return this
     */
    public PodOptions label(String name, String value) {
        String other = labels.putIfAbsent(name, value);
        if (other != null) {
            throw new IllegalStateException("label " + name + " is set twice, to " + other + " and to " + value);
        }
        return this;
    }

    Map<String, SimulatedImage> containers() {
        return containers.isEmpty() ? Map.of("app", SimulatedImage.TOOLS) : containers;
    }

    Map<String, String> labels() {
        return labels;
    }

    String nodeOr(String otherwise) {
        return node != null ? node : otherwise;
    }
}
