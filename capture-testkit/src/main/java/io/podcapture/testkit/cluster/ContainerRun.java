package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One container that was added while the cluster runs, from its image to its end, as the status of its pod tells it. Without a
 * command it runs what its image has, which does nothing and has no end.
 */
final class ContainerRun {
    static final String EPHEMERAL = "ephemeralContainerStatuses";

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final SimulatedPod pod;
    private final Map<String, Object> container;
    private final String statuses;
    private final String name;

    /**
     * Makes it.
     *
     * @param statuses the list within the pod's status that it is told in
     */
    ContainerRun(ObjectStore store, Kubelet kubelet, SimulatedPod pod, Map<String, Object> container, String statuses) {
        this.store = store;
        this.kubelet = kubelet;
        this.pod = pod;
        this.container = container;
        this.statuses = statuses;
        this.name = Json.text(container, "name");
    }

    /** Runs it to its end, which nobody hears of where its node is lost. */
    void run(Function<String, SimulatedImage> images) {
        if (pod.node().isLost()) {
            return;
        }
        tell(Map.of("waiting", Map.of("reason", "ContainerCreating")));
        String image = Json.text(container, "image");
        SimulatedImage content = images.apply(image);
        if (content == SimulatedImage.UNAVAILABLE) {
            tell(missing(image));
            return;
        }
        try {
            List<String> command = Json.texts(container, "command");
            if (command.isEmpty()) {
                begun(content);
                return;
            }
            Optional<Process> started = kubelet.run(pod, name, content, command);
            if (started.isPresent()) {
                run(content, started.get());
            } else {
                tell(waiting(
                        "RunContainerError", "exec: \"" + command.get(0) + "\": executable file not found in $PATH"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(SimulatedImage content, Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        begun(content);
        int status = process.waitFor();
        kubelet.processes().ended(process);
        pod.ended(name);
        String reason = status == 0 ? "Completed" : "Error";
        tell(Map.of("terminated", Map.of("exitCode", status, "reason", reason, "finishedAt", Manifests.now())));
    }

    private void begun(SimulatedImage content) {
        pod.started(name, content);
        tell(Map.of("running", Map.of("startedAt", Manifests.now())));
    }

    private Map<String, Object> missing(String image) {
        return Json.text(container, "imagePullPolicy").equals("Never")
                ? waiting(
                        "ErrImageNeverPull",
                        "Container image \"" + image + "\" is not present with pull policy of Never")
                : waiting("ErrImagePull", "failed to pull and unpack image \"" + image + "\": not found");
    }

    private static Map<String, Object> waiting(String reason, String words) {
        return Map.of("waiting", Map.of("reason", reason, "message", words));
    }

    private void tell(Map<String, Object> state) {
        store.update("pods", pod.namespace(), pod.name(), object -> {
            // Asked in here: what is told meanwhile would come behind the last that is said of a lost node.
            if (pod.node().isLost()) {
                return;
            }
            // Another pod may have got the name meanwhile.
            if (!pod.uid().equals(Json.text(object, "metadata", "uid")) || TemplatePods.isOver(object)) {
                return;
            }
            List<Map<String, Object>> all = Json.list(Json.within(object, "status"), statuses);
            Map<String, Object> status = all.stream()
                    .filter(each -> name.equals(each.get("name")))
                    .findFirst()
                    .orElseGet(() -> added(all));
            status.put("state", state);
            if (state.containsKey("running")) {
                status.put("containerID", ContainerId.told(pod.uid(), name));
            }
            if (!statuses.equals(EPHEMERAL)) {
                status.put("ready", state.containsKey("running"));
                status.put("started", state.containsKey("running"));
                PodStatus.settle(object);
            }
        });
    }

    private Map<String, Object> added(List<Map<String, Object>> all) {
        Map<String, Object> status = new LinkedHashMap<>(Map.of("name", name, "ready", false, "restartCount", 0));
        all.add(status);
        return status;
    }
}
