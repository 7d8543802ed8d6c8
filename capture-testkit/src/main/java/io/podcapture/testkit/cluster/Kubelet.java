package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Knows what runs on all nodes. */
final class Kubelet {
    private final ObjectStore store;
    private final ContainerProcesses processes;
    private final Function<String, SimulatedImage> images;
    private final ClusterThreads threads;
    private final Volumes volumes = new Volumes();
    private final NodeProcesses nodeProcesses;
    private final Map<String, SimulatedPod> pods = new ConcurrentHashMap<>();
    private final Map<String, SimulatedNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, PendingFaults> faultsToCome = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param images what is in an image, by its name
     */
    Kubelet(
            ObjectStore store,
            ContainerProcesses processes,
            Function<String, SimulatedImage> images,
            ClusterThreads threads) {
        this.store = store;
        this.processes = processes;
        this.images = images;
        this.threads = threads;
        this.nodeProcesses = new NodeProcesses(processes.place("").resolveSibling("proc"));
    }

    ContainerProcesses processes() {
        return processes;
    }

    /** Returns a node, which it makes where there is none. */
    SimulatedNode node(String name) {
        return nodes.computeIfAbsent(name, SimulatedNode::new);
    }

    /** Takes a pod over that is in the store, with containers that run already. */
    SimulatedPod run(Map<String, Object> pod, Map<String, SimulatedImage> containers) throws IOException {
        boolean onNode = Json.text(pod, "spec", "hostNetwork").equals("true");
        SimulatedNode node = node(Json.text(pod, "spec", "nodeName"));
        String namespace = Json.text(pod, "metadata", "namespace");
        String name = Json.text(pod, "metadata", "name");
        PendingFaults faults = faultsToCome.remove(namespace + "/" + name);
        SimulatedPod running = new SimulatedPod(
                namespace,
                name,
                Json.text(pod, "metadata", "uid"),
                onNode ? node.interfaces() : new PodInterfaces(),
                node,
                faults == null ? node.takeFaults() : faults,
                containers);
        processes.admit(running.uid(), running.interfaces());
        nodeProcesses.admit(pod);
        pods.put(running.uid(), running);
        return running;
    }

    /** Keeps a fault for a pod that is still to be made. */
    void faultToCome(String namespace, String name, Fault fault) {
        // In one step: the pod may be made just now, and takes what is there with it.
        faultsToCome.compute(namespace + "/" + name, (pod, faults) -> {
            PendingFaults all = faults != null ? faults : new PendingFaults();
            all.add(fault);
            return all;
        });
    }

    /** Returns the pods that run, or were running on a node that is lost. */
    Collection<SimulatedPod> pods() {
        return List.copyOf(pods.values());
    }

    /** Takes a pod over that is in the store, and starts its containers. */
    void start(Map<String, Object> pod) {
        try {
            SimulatedPod running = run(pod, Map.of());
            volumes.make(pod, processes.place(running.uid()));
            List<Map<String, Object>> sidecars = Fields.items(pod, "spec", "initContainers").stream()
                    .filter(PodStatus::isSidecar)
                    .toList();
            start(running, sidecars, "initContainerStatuses");
            start(running, Fields.items(pod, "spec", "containers"), "containerStatuses");
            // It may have been deleted meanwhile, by somebody who found nothing yet to end.
            String uid = Json.text(pod, "metadata", "uid");
            if (store.find("pods", running.namespace(), running.name())
                    .filter(there -> uid.equals(Json.text(there, "metadata", "uid")))
                    .isEmpty()) {
                removed(pod);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts ephemeral containers that were admitted to a pod. */
    void startEphemeral(Map<String, Object> pod, List<Map<String, Object>> containers) throws ApiStatus.Refusal {
        start(podOf(pod), containers, ContainerRun.EPHEMERAL);
    }

    private void start(SimulatedPod pod, List<Map<String, Object>> containers, String statuses) {
        for (Map<String, Object> container : containers) {
            ContainerRun run = new ContainerRun(store, this, pod, container, statuses);
            threads.start("container", () -> run.run(images));
        }
    }

    /** Starts a container's own command; empty if its image does not have it. */
    Optional<Process> run(SimulatedPod pod, String container, SimulatedImage image, List<String> argv)
            throws IOException {
        return processes.start(pod.uid(), image, volumes.here(pod.uid(), container, argv), Map.of());
    }

    /**
     * Starts a command in a container that runs; empty if its image does not have it.
     *
     * @param pod as the store has it
     */
    Optional<Process> exec(
            SimulatedPod place, Map<String, Object> pod, String container, SimulatedImage image, List<String> argv)
            throws IOException {
        List<String> here = volumes.here(place.uid(), container, argv);
        return processes.start(
                place.uid(),
                image,
                nodeProcesses.here(place, here, pods(), processes::place),
                RawSockets.areAllowed(pod, container) ? Map.of() : Map.of(RawSockets.DENIED, "1"));
    }

    SimulatedPod podOf(Map<String, Object> pod) throws ApiStatus.Refusal {
        SimulatedPod running = pods.get(Json.text(pod, "metadata", "uid"));
        if (running == null) {
            throw new ApiStatus.Refusal(
                    400, "pod " + Json.text(pod, "metadata", "name") + " does not have a host assigned");
        }
        return running;
    }

    /** Ends what runs in a pod that was deleted. */
    void removed(Map<String, Object> pod) {
        SimulatedPod running = pods.remove(Json.text(pod, "metadata", "uid"));
        if (running != null) {
            end(running);
            volumes.forget(running.uid());
            nodeProcesses.forget(running.uid());
        }
    }

    /** Ends what runs in a pod. */
    void end(SimulatedPod pod) {
        pod.end();
        processes.killPod(pod.uid());
    }
}
