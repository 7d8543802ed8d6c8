package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be true to capture in a container of the pod itself. */
final class InPodPreflight {
    private final Cluster cluster;
    private final CaptureRequest request;
    private final MethodContext context;
    private final Preflight asks;

    InPodPreflight(Cluster cluster, CaptureRequest request, MethodContext context) {
        this.cluster = cluster;
        this.request = request;
        this.context = context;
        this.asks = new Preflight(cluster, request, context);
    }

    Assessment exec(PlanDepth depth) throws IOException, InterruptedException {
        if (canExec("get") && mayOpenRawSockets()) {
            if (depth == PlanDepth.READ) {
                asks.told().unknown("whether a container has tcpdump, and may capture, is known only after a try");
            } else {
                probe(() -> {
                    ToolProbe.Tool tool = new ToolProbe(cluster, context).of(request);
                    requireRawSockets(tool.container());
                    return "container " + tool.container() + " has " + tool.version();
                });
            }
        }
        return asks.told().build();
    }

    Assessment upload(Set<String> architectures, PlanDepth depth) throws IOException, InterruptedException {
        if (canExec("get") && mayOpenRawSockets() && isFor(architectures)) {
            if (depth == PlanDepth.READ) {
                asks.told()
                        .unknown("whether a container has a shell and a directory for a program is known only after"
                                + " a try");
            } else {
                probe(() -> {
                    UploadPlace place = new UploadSearch(cluster, context).of(request);
                    // Not everybody may look at the node, but the container has told.
                    if (!architectures.contains(place.architecture())) {
                        throw new CaptureException(
                                FailureReason.TOOL_MISSING,
                                place + " runs on " + place.architecture() + ", for which no static tcpdump was given");
                    }
                    requireRawSockets(place.container());
                    return place + " takes a program in " + place.directory();
                });
            }
            asks.told().creates("a tcpdump in a container, whose file is removed before it runs");
        }
        return asks.told().build();
    }

    Assessment ephemeral(HelperSettings settings) throws IOException, InterruptedException {
        if (!asks.isPod() || !asks.isLinuxPod()) {
            return asks.told().build();
        }
        PodView pod = asks.pod();
        String namespace = pod.name().namespace();
        asks.finds()
                .needs(namespace, "pods", "get", "list")
                .needs(namespace, "pods/ephemeralcontainers", "patch")
                .needs(namespace, "pods/exec", "get", "create");
        asks.told().creates("an ephemeral container in pod " + pod.name() + ", of image " + settings.image());
        if (pod.isStatic()) {
            asks.told()
                    .refused(
                            FailureReason.UNSUPPORTED,
                            "it is a static pod, to which nobody can add a container; use node");
        }
        if (asks.isAllowed()
                && !asks.told().isRefused()
                && asks.isMachine(pod.node().orElse(""))) {
            EphemeralPatch patch = new EphemeralPatch(cluster, pod.name(), settings, context.sessionId());
            asks.tries("ephemeral/" + namespace, SecurityProfile.class, namespace, "baseline", patch::firstAllowed)
                    .ifPresent(profile -> asks.told().passed("a container is admitted " + profile.inWords()));
        }
        return asks.told().build();
    }

    private boolean canExec(String... verbsOnPods) throws IOException, InterruptedException {
        if (!asks.isPod() || !asks.isLinuxPod()) {
            return false;
        }
        String namespace = asks.pod().name().namespace();
        return asks.finds()
                .needs(namespace, "pods", verbsOnPods)
                .needs(namespace, "pods/exec", "get", "create")
                .isAllowed();
    }

    private boolean mayOpenRawSockets() throws InterruptedException {
        List<String> possible = request.target().container().map(List::of).orElseGet(List::of);
        if (possible.isEmpty()) {
            possible = asks.pod().runningContainers();
        }
        if (possible.isEmpty()) {
            asks.told().refused(FailureReason.TOOL_MISSING, "no container of the pod runs");
            return false;
        }
        if (asks.pod().withoutRawSockets(possible).containsAll(possible)) {
            asks.told()
                    .refused(
                            FailureReason.PROCESS_FAILED,
                            "no container of the pod may open raw sockets: their capabilities do not hold NET_RAW");
            return false;
        }
        return true;
    }

    private boolean isFor(Set<String> architectures) throws IOException, InterruptedException {
        Optional<String> architecture = asks.node(asks.pod().node().orElse(""))
                .map(node -> node.getStatus().getNodeInfo())
                .map(info -> info.getArchitecture());
        if (architecture.isPresent() && !architectures.contains(architecture.get())) {
            asks.told()
                    .refused(
                            FailureReason.TOOL_MISSING,
                            "its node is of architecture " + architecture.get()
                                    + ", for which no static tcpdump was given");
            return false;
        }
        return true;
    }

    // A start takes the first container that has what it needs, whether or not it may capture.
    private void requireRawSockets(String container) throws InterruptedException {
        if (!asks.pod().withoutRawSockets(List.of(container)).isEmpty()) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "it would run in container " + container
                            + ", which may not open raw sockets: its capabilities do not hold NET_RAW; name another");
        }
    }

    private interface Probe {
        String inWords() throws IOException, InterruptedException;
    }

    private void probe(Probe probe) throws InterruptedException {
        try {
            asks.told().passed(probe.inWords());
        } catch (IOException e) {
            asks.fails(FailureReason.STREAM_LOST, String.valueOf(e.getMessage()));
        } catch (CaptureException e) {
            // The container runtime's own words say no more.
            asks.fails(e.reason(), String.valueOf(e.getMessage()).replaceAll("(?s): Internal error.*?(?=; |$)", ""));
        }
    }
}
