package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Node;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The questions that methods ask before they try, put to the API server once for all that share an answer. */
final class Preflight {
    /** The system of all rights that the API server grants. */
    static final String RIGHTS = "kubernetes";

    /** The system of what Pod Security must admit. */
    static final String POD_SECURITY = "pod-security";

    private final Cluster cluster;
    private final CaptureRequest request;
    private final MethodContext context;
    private final Assessment.Builder told = Assessment.builder();
    private final Set<Permission> needed = new LinkedHashSet<>();

    Preflight(Cluster cluster, CaptureRequest request, MethodContext context) {
        this.cluster = cluster;
        this.request = request;
        this.context = context;
    }

    Assessment.Builder told() {
        return told;
    }

    /** Notes rights that are needed; asks nothing, so that they are known whatever becomes of the questions. */
    Preflight needs(String namespace, String resource, String... verbs) {
        for (String verb : verbs) {
            Permission permission = new Permission(RIGHTS, namespace, verb, resource);
            told.needs(permission);
            needed.add(permission);
        }
        return this;
    }

    /** Notes rights without which it works, but leaves something. */
    Preflight wants(String namespace, String resource, String... verbs) {
        for (String verb : verbs) {
            told.needs(new Permission(RIGHTS, namespace, verb, resource));
        }
        return this;
    }

    /** Notes the rights that it takes to find what the target names. */
    Preflight finds() {
        String kind = request.target().kind();
        String namespace = kind.equals("namespace")
                ? request.target().name().orElseThrow()
                : cluster.namespaceOf(request.target());
        switch (kind) {
            case PodMethod.OWN_NETWORK -> {}
            case "node" -> needs("", "nodes", "get");
            case "pod" -> needs(namespace, "pods", request.target().name().isPresent() ? "get" : "list");
            case "namespace" -> needs(namespace, "pods", "list");
            default -> needs(namespace, Selections.resource(kind), "get").needs(namespace, "pods", "list");
        }
        return this;
    }

    /** Refuses if a right is missing; returns whether none is, as far as it could be asked. */
    boolean isAllowed() throws IOException, InterruptedException {
        Rights rights = new Rights(cluster, context);
        List<String> missing = new ArrayList<>();
        try {
            for (Permission permission : needed) {
                if (!rights.has(permission)) {
                    missing.add(permission.toString());
                }
            }
        } catch (CaptureException e) {
            // Not everybody may ask; that does not mean that the rights are missing.
            told.unknown("it could not be asked what you may do: " + e.getMessage());
        }
        if (missing.isEmpty()) {
            return true;
        }
        told.refused(FailureReason.FORBIDDEN, "you may not " + String.join(", ", missing));
        return false;
    }

    /** Refuses with a failure, or doubts where there was no answer. */
    void fails(FailureReason reason, String words) {
        switch (reason) {
            case STREAM_LOST, START_TIMEOUT, CANCELLED -> told.unknown("it could not be asked: " + words);
            default -> told.refused(reason, words);
        }
    }

    /** Returns the pod of the point. */
    PodView pod() throws InterruptedException {
        return cluster.seen(request.point());
    }

    /** Refuses what is no pod; returns whether it is one. */
    boolean isPod() {
        boolean pod = request.point().attributes().containsKey(PodView.POD)
                && !request.target().kind().equals(PodMethod.OWN_NETWORK);
        if (!pod) {
            told.refused(FailureReason.UNSUPPORTED, "it is no pod; the method pod is for it");
        }
        return pod;
    }

    /** Refuses pods that no method can capture in; returns whether it can be. */
    boolean isLinuxPod() throws InterruptedException {
        Optional<String> os = pod().os();
        if (os.filter(name -> !name.equals("linux")).isPresent()) {
            told.refused(FailureReason.UNSUPPORTED, "the pod runs on " + os.get() + ", where there is no tcpdump");
            return false;
        }
        return true;
    }

    /** Returns the node's own words; empty where the caller may not look, or nobody answers. */
    Optional<Node> node(String name) throws IOException, InterruptedException {
        try {
            if (name.isEmpty() || !new Rights(cluster, context).has(new Permission(RIGHTS, "", "get", "nodes"))) {
                return Optional.empty();
            }
            return context.shared("preflight/" + cluster.place() + "/node/" + name, SeenNode.class, scope -> look(name))
                    .node();
        } catch (CaptureException e) {
            return Optional.empty();
        }
    }

    private record SeenNode(Optional<Node> node) {}

    private SeenNode look(String name) throws InterruptedException {
        return new SeenNode(new ApiCall("get", "nodes", "node " + name)
                .ask(() -> Optional.ofNullable(
                        cluster.client().nodes().withName(name).get())));
    }

    /** Refuses a node that is no machine; returns whether it is one. */
    boolean isMachine(String node) throws IOException, InterruptedException {
        boolean virtual = node(node)
                .map(found -> found.getMetadata().getLabels())
                .filter(labels -> "virtual-kubelet".equals(labels.get("type")))
                .isPresent();
        if (virtual) {
            told.refused(
                    FailureReason.UNSUPPORTED, "node " + node + " is a virtual one, on which nothing of ours can run");
        }
        return !virtual;
    }

    /** A dry run of what would be made. */
    interface DryRun<T> {
        T make() throws InterruptedException;
    }

    /**
     * Makes a dry run, once for all captures with the same key; refuses with the server's words, or doubts.
     *
     * @param level of Pod Security that would admit it
     */
    <T> Optional<T> tries(String key, Class<T> type, String namespace, String level, DryRun<T> run)
            throws IOException, InterruptedException {
        try {
            return Optional.of(context.shared("preflight/" + cluster.place() + "/" + key, type, scope -> run.make()));
        } catch (CaptureException e) {
            String words = ApiErrors.words(e);
            // A quota or a webhook refuses as a policy too, and no label would help against those.
            if (Admission.of(words).equals(Optional.of(Admission.POD_SECURITY))) {
                told.needs(new Permission(POD_SECURITY, namespace, "admit", level));
            }
            fails(e.reason(), words);
            return Optional.empty();
        }
    }
}
