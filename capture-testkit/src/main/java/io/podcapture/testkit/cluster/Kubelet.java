package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Runs the containers of all nodes, and tells in the status of their pods what has become of them. */
final class Kubelet {
    private final ObjectStore store;
    private final ContainerProcesses processes;
    private final Function<String, SimulatedImage> images;
    private final ClusterThreads threads;
    private final Map<String, SimulatedPod> pods = new ConcurrentHashMap<>();

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
    }

    ContainerProcesses processes() {
        return processes;
    }

    /** Takes a pod over that is in the store. */
    SimulatedPod run(Map<String, Object> pod, Map<String, SimulatedImage> containers) throws IOException {
        SimulatedPod running = new SimulatedPod(
                Json.text(pod, "metadata", "namespace"),
                Json.text(pod, "metadata", "name"),
                Json.text(pod, "metadata", "uid"),
                containers);
        processes.admit(running.uid(), running.interfaces());
        pods.put(running.uid(), running);
        return running;
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
            running.end();
        }
    }

    /** Runs ephemeral containers that were admitted; returns the pod as it is then. */
    Map<String, Object> addEphemeral(Map<String, Object> pod, List<Map<String, Object>> wanted)
            throws ApiStatus.Refusal {
        SimulatedPod running = podOf(pod);
        store.update("pods", running.namespace(), running.name(), object -> {
            Json.list(Json.within(object, "spec"), "ephemeralContainers").addAll(wanted);
            for (Map<String, Object> container : wanted) {
                status(object, Json.text(container, "name"))
                        .put("state", Map.of("waiting", Map.of("reason", "ContainerCreating")));
            }
        });
        for (Map<String, Object> container : wanted) {
            threads.start("kubelet", () -> start(running, container));
        }
        return store.find("pods", running.namespace(), running.name()).orElse(pod);
    }

    private void start(SimulatedPod pod, Map<String, Object> container) {
        String name = Json.text(container, "name");
        String image = Json.text(container, "image");
        SimulatedImage content = images.apply(image);
        if (content == SimulatedImage.UNAVAILABLE) {
            String words = "failed to pull and unpack image \"" + image + "\": not found";
            tell(pod, name, Map.of("waiting", Map.of("reason", "ErrImagePull", "message", words)));
            return;
        }
        try {
            List<String> command = Json.texts(container, "command");
            Optional<Process> started = processes.start(pod.uid(), content, command);
            if (started.isEmpty()) {
                tell(
                        pod,
                        name,
                        Map.of(
                                "waiting",
                                Map.of(
                                        "reason",
                                        "RunContainerError",
                                        "message",
                                        "exec: \"" + command.get(0) + "\": executable file not found in $PATH")));
                return;
            }
            Process process = started.get();
            process.getOutputStream().close();
            pod.started(name, content, process);
            tell(pod, name, Map.of("running", Map.of("startedAt", now())));
            int status = process.waitFor();
            processes.ended(process);
            pod.ended(name);
            tell(pod, name, Map.of("terminated", terminated(status)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> terminated(int status) {
        return Map.of("exitCode", status, "reason", status == 0 ? "Completed" : "Error", "finishedAt", now());
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void tell(SimulatedPod pod, String container, Map<String, Object> state) {
        store.update(
                "pods",
                pod.namespace(),
                pod.name(),
                object -> status(object, container).put("state", state));
    }

    private static Map<String, Object> status(Map<String, Object> pod, String container) {
        List<Map<String, Object>> all = Json.list(Json.within(pod, "status"), "ephemeralContainerStatuses");
        return all.stream()
                .filter(status -> container.equals(status.get("name")))
                .findFirst()
                .orElseGet(() -> {
                    Map<String, Object> status =
                            new LinkedHashMap<>(Map.of("name", container, "ready", false, "restartCount", 0));
                    all.add(status);
                    return status;
                });
    }
}
