package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.PlanDepth;
import io.podcapture.spi.Assessment;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be true to capture in a container of the pod itself. */
final class InPodPreflight {
    private static final String NOT_ROOT = "a file that is sent into a container has no rights beyond its user's";

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
        boolean allowed = canExec();
        if (depth == PlanDepth.READ) {
            asks.told().unknown("whether a container has tcpdump, and may capture, is known only after a try");
        }
        if (allowed && mayOpenRawSockets() && depth == PlanDepth.PROBE) {
            probe(() -> {
                ToolProbe.Tool tool = new ToolProbe(cluster, context).of(request);
                // A tool may bring rights of its own, which its version does not tell; but not to root, who has all
                // there are.
                if (tool.told().user().equals("0")) {
                    requireRawSockets(tool.toString(), tool.told());
                }
                return mayCapture(tool.toString(), tool.told());
            });
        }
        return asks.told().build();
    }

    Assessment upload(Set<String> architectures, PlanDepth depth) throws IOException, InterruptedException {
        boolean allowed = canExec();
        if (depth == PlanDepth.READ) {
            asks.told()
                    .unknown("whether a container has a shell and a directory for a program is known only after a try");
        }
        if (allowed && mayOpenRawSockets() && runsAsRoot() && isFor(architectures)) {
            if (depth == PlanDepth.PROBE) {
                probe(() -> {
                    UploadPlace place = new UploadSearch(cluster, context).of(request);
                    // Not everybody may look at the node, but the container has told.
                    if (!architectures.contains(place.architecture())) {
                        throw new CaptureException(
                                FailureReason.TOOL_MISSING,
                                place + " runs on " + place.architecture() + ", for which no static tcpdump was given");
                    }
                    String takes = place + " takes a program in " + place.directory();
                    requireRawSockets(takes, place.told());
                    return mayCapture(takes, place.told());
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
        String name = pod.name().name();
        String namespace = pod.name().namespace();
        asks.finds()
                .needsOn(name, namespace, "pods", "get")
                .needs(namespace, "pods", "list")
                .needsOn(name, namespace, "pods/ephemeralcontainers", "patch")
                .needsOn(name, namespace, "pods/exec", "get", "create");
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
            asks.hasImage(pod.node().orElse(""), settings);
            EphemeralPatch patch = new EphemeralPatch(cluster, pod.name(), settings, context.sessionId());
            // The whole pod is looked at by who admits it, so only pods of one template are admitted alike.
            String alike = pod.controller().map(OwnerReference::getUid).orElse(pod.uid());
            String key = "ephemeral/" + namespace + "/" + alike + "/" + settings;
            Optional<SecurityProfile> profile =
                    asks.tries(key, SecurityProfile.class, namespace, "baseline", patch::firstAllowed);
            if (profile.isPresent()) {
                asks.admitted(
                        profile.get(),
                        "a container is admitted " + profile.get().inWords(),
                        pod.node().orElse(""));
            }
        }
        return asks.told().build();
    }

    private boolean canExec() throws IOException, InterruptedException {
        if (!asks.isPod() || !asks.isLinuxPod()) {
            return false;
        }
        PodName pod = asks.pod().name();
        return asks.finds()
                .needsOn(pod.name(), pod.namespace(), "pods", "get")
                .needsOn(pod.name(), pod.namespace(), "pods/exec", "get", "create")
                .isAllowed();
    }

    private boolean mayOpenRawSockets() throws InterruptedException {
        List<String> possible = possible();
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

    private boolean runsAsRoot() throws InterruptedException {
        List<String> possible = possible();
        List<String> able = new ArrayList<>(possible);
        able.removeAll(asks.pod().withoutRawSockets(possible));
        able.removeAll(asks.pod().notRoot(possible));
        if (able.isEmpty()) {
            asks.told()
                    .refused(
                            FailureReason.PROCESS_FAILED,
                            "no container of the pod that may open raw sockets runs as root; " + NOT_ROOT);
        }
        return !able.isEmpty();
    }

    private void requireRawSockets(String found, ContainerProbe told) {
        if (told.rawSockets().equals(Optional.of(false))) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    found + ", but user " + told.user()
                            + " may not open raw sockets there: its capabilities do not hold NET_RAW");
        }
    }

    private String mayCapture(String found, ContainerProbe told) {
        if (!told.rawSockets().equals(Optional.of(true))) {
            asks.told().unknown(found + "; whether it may open raw sockets there only a try tells");
        }
        return found;
    }

    private List<String> possible() throws InterruptedException {
        Optional<String> named = request.target().container();
        return named.isPresent() ? List.of(named.get()) : asks.pod().runningContainers();
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
