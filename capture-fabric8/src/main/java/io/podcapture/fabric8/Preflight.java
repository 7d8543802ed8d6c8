package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
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
    private final Set<Needed> needed = new LinkedHashSet<>();

    /**
     * A right that is asked for.
     *
     * @param name of the object it is for; empty if it is for all
     */
    private record Needed(Permission permission, String name) {}

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
        return needsOn("", namespace, resource, verbs);
    }

    /** Notes rights that are needed on one object: a rule may name those that it holds for. */
    Preflight needsOn(String name, String namespace, String resource, String... verbs) {
        for (String verb : verbs) {
            Permission permission = new Permission(RIGHTS, namespace, verb, resource);
            told.needs(permission);
            needed.add(new Needed(permission, name));
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
        String name = request.target().name().orElse("");
        String namespace = kind.equals("namespace")
                ? request.target().name().orElseThrow()
                : cluster.namespaceOf(request.target());
        switch (kind) {
            case PodMethod.OWN_NETWORK -> {}
            case "node" -> needsOn(name, "", "nodes", "get");
            case "pod" -> needsOn(name, namespace, "pods", name.isEmpty() ? "list" : "get");
            case "namespace" -> needs(namespace, "pods", "list");
            default ->
                needsOn(name, namespace, Selections.resource(kind), "get").needs(namespace, "pods", "list");
        }
        return this;
    }

    /** Refuses if a right is missing; returns whether none is, as far as it could be asked. */
    boolean isAllowed() throws IOException, InterruptedException {
        Rights rights = new Rights(cluster, context);
        Set<String> missing = new LinkedHashSet<>();
        try {
            for (Needed right : needed) {
                if (!rights.has(right.permission(), right.name())) {
                    missing.add(right.permission().toString());
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

    /** Tells whether the caller has a right that is not needed; not if it cannot be asked. */
    boolean has(String namespace, String resource, String verb) throws IOException, InterruptedException {
        try {
            return new Rights(cluster, context).has(new Permission(RIGHTS, namespace, verb, resource));
        } catch (CaptureException e) {
            return false;
        }
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
            // For all of them, so that many nodes are one question: what a node says only helps.
            if (name.isEmpty() || !new Rights(cluster, context).has(new Permission(RIGHTS, "", "get", "nodes"))) {
                return Optional.empty();
            }
            return context.shared(
                            "preflight/" + cluster.caller() + "/node/" + name, SeenNode.class, scope -> look(name))
                    .node();
        } catch (CaptureException e) {
            return Optional.empty();
        }
    }

    private record SeenNode(Optional<Node> node) {}

    private SeenNode look(String name) throws InterruptedException {
        return new SeenNode(new ApiCall("get", "nodes", "node " + name)
                .read(() -> Optional.ofNullable(
                        cluster.client().nodes().withName(name).get())));
    }

    /** Refuses a node on which no container of ours can run; returns whether one can. */
    boolean isMachine(String node) throws IOException, InterruptedException {
        Optional<Node> seen = node(node);
        Optional<String> os = seen.map(Node::getStatus)
                .map(NodeStatus::getNodeInfo)
                .map(NodeSystemInfo::getOperatingSystem)
                .filter(name -> !name.isEmpty() && !name.equals("linux"));
        if (os.isPresent()) {
            told.refused(
                    FailureReason.UNSUPPORTED, "node " + node + " runs on " + os.get() + ", where there is no tcpdump");
            return false;
        }
        boolean ready = seen.map(Node::getStatus).map(NodeStatus::getConditions).stream()
                .flatMap(List::stream)
                .noneMatch(condition -> "Ready".equals(condition.getType()) && !"True".equals(condition.getStatus()));
        if (!ready) {
            told.unknown("node " + node + " is not ready: what it is asked for may never start");
        }
        boolean virtual = seen.map(found -> found.getMetadata().getLabels())
                .filter(labels -> "virtual-kubelet".equals(labels.get("type")))
                .isPresent();
        if (virtual) {
            told.refused(
                    FailureReason.UNSUPPORTED, "node " + node + " is a virtual one, on which nothing of ours can run");
        }
        return !virtual;
    }

    /**
     * Tells what a container was admitted with. What the runtime gives by default is no proof that it may capture.
     *
     * @param words what would be admitted, as a sentence
     * @param node that it would run on; empty if nobody knows yet
     */
    void admitted(SecurityProfile profile, String words, String node) throws IOException, InterruptedException {
        if (profile == SecurityProfile.CAPABILITIES) {
            told.passed(words);
            return;
        }
        boolean crio = node(node)
                .map(Node::getStatus)
                .map(NodeStatus::getNodeInfo)
                .map(NodeSystemInfo::getContainerRuntimeVersion)
                .filter(version -> version.startsWith("cri-o://"))
                .isPresent();
        told.unknown(words + "; whether those hold NET_RAW only a try tells"
                + (crio ? ": those that CRI-O comes with do not" : ""));
    }

    /** Doubts that a container of ours starts on a node that may not pull its image and does not tell that it has it. */
    void hasImage(String node, HelperSettings settings) throws IOException, InterruptedException {
        if (!settings.pullPolicy().equals("Never")) {
            return;
        }
        Optional<List<ContainerImage>> images = node(node).map(Node::getStatus).map(NodeStatus::getImages);
        // A node tells of its largest images only, and calls them by their full names.
        boolean known = images.stream()
                .flatMap(List::stream)
                .flatMap(image -> image.getNames().stream())
                .anyMatch(name -> name.equals(settings.image()) || name.endsWith("/" + settings.image()));
        if (images.isPresent() && !known) {
            told.unknown("node " + node + " does not tell that it has image " + settings.image()
                    + ", which by its pull policy is never pulled");
        }
    }

    // A pod that has more than our container wants a wider level than that: the server says by which it was refused.
    private static String levelAbove(String words, String level) {
        return words.contains("PodSecurity \"baseline") ? "privileged" : level;
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
            return Optional.of(context.shared("preflight/" + cluster.caller() + "/" + key, type, scope -> run.make()));
        } catch (CaptureException e) {
            String words = ApiErrors.words(e);
            // A quota or a webhook refuses as a policy too, and no label would help against those.
            if (Admission.of(words).equals(Optional.of(Admission.POD_SECURITY))) {
                told.needs(new Permission(POD_SECURITY, namespace, "admit", levelAbove(words, level)));
            }
            // What is gone or was changed meanwhile says nothing of what would be admitted.
            if (e.reason() == FailureReason.TARGET_NOT_FOUND || ApiErrors.isConflict(e)) {
                told.unknown("it could not be asked: " + words);
            } else if (ApiErrors.isTaken(e)) {
                told.refused(e.reason(), words + "; " + ApiErrors.CHOOSE_ANOTHER);
            } else {
                fails(e.reason(), words);
            }
            return Optional.empty();
        }
    }
}
