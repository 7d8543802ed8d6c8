package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedClusterBuilder;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A method as the runs use it: where its hosts are in the cluster, and what is asked for. */
enum RunMethod {
    EXEC,
    EPHEMERAL,
    POD,
    NODE,
    UPLOAD,
    SIDECAR,
    AUTO;

    /** What simulated clusters put behind the name of a deployment for its first replica set and for the next. */
    private static final String WITHOUT = "-5d8f";

    private static final String WITH = "-5d90";

    /** Returns what may be in the containers of a host. */
    List<SimulatedImage> images() {
        return switch (this) {
            case EXEC -> List.of(SimulatedImage.TOOLS);
            case AUTO -> List.of(SimulatedImage.TOOLS, SimulatedImage.NO_SHELL);
            case UPLOAD -> List.of(SimulatedImage.SHELL);
            default -> List.of(SimulatedImage.NO_SHELL);
        };
    }

    void make(SimulatedClusterBuilder builder, String namespace, String host, SimulatedImage image) {
        switch (this) {
            case POD -> {}
            case SIDECAR -> builder.deployment(namespace, host, 1, pod -> pod.container("app", image));
            default ->
                builder.pod(namespace, host, pod -> pod.node(nodeOf(host)).container("app", image));
        }
    }

    /** Tells whether the session makes the pods that are captured. */
    boolean makesPods() {
        return this == POD || this == SIDECAR;
    }

    Target target(String namespace, String host) {
        return switch (this) {
            case POD -> Target.parse("debugpod/" + host, namespace);
            case SIDECAR -> Targets.deployment(namespace, host);
            default -> Targets.pod(namespace, host);
        };
    }

    /** Returns the pod of a host while it is captured. */
    String pod(String host) {
        return this == SIDECAR ? host + WITH + "-0" : host;
    }

    /** Tells whether packets come out by a pod of the session's own on a node, for all hosts there. */
    boolean sharesPods() {
        return this == NODE;
    }

    /** Returns whose pod or replica set it is. */
    String host(String name) {
        return name.replaceFirst("(" + WITH + "|" + WITHOUT + ")(-\\d+)?$", "");
    }

    /** Returns the name of a thing in a cluster's inventory without the number that a pod of a deployment has. */
    String unnumbered(String thing) {
        return this == SIDECAR ? thing.replaceFirst(WITHOUT + "-\\d+$", WITHOUT + "-n") : thing;
    }

    /** Returns where a host is; of those on a node that nobody has named, the first. */
    String nodeOf(String host) {
        return makesPods() ? "a" : RunWire.nodeOf(host);
    }

    MethodChoice choice(SimulatedCluster cluster, KubernetesClient client) throws IOException {
        KubernetesMethods methods = KubernetesMethods.using(client);
        return switch (this) {
            case EXEC -> methods.exec();
            case EPHEMERAL -> methods.ephemeral();
            case POD -> methods.pod();
            case NODE -> methods.node();
            case UPLOAD -> SimulatedClusters.uploads(cluster, client).upload();
            case SIDECAR -> methods.sidecar();
            case AUTO -> methods.auto();
        };
    }

    /** Tells whether this machine runs the program that the simulated cluster has for a method that brings one. */
    boolean isPossible() {
        return this != UPLOAD
                || System.getProperty("os.name").equals("Linux")
                        && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
