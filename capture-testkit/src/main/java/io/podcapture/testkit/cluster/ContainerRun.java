package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One container that was added while the cluster runs, from its image to its end, as the status of its pod tells it. */
final class ContainerRun {
    private final ObjectStore store;
    private final ContainerProcesses processes;
    private final SimulatedPod pod;
    private final Map<String, Object> container;
    private final String statuses;
    private final String name;

    /**
     * Makes it.
     *
     * @param statuses the list within the pod's status that it is told in
     */
    ContainerRun(
            ObjectStore store,
            ContainerProcesses processes,
            SimulatedPod pod,
            Map<String, Object> container,
            String statuses) {
        this.store = store;
        this.processes = processes;
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
            tell(waiting("ErrImagePull", "failed to pull and unpack image \"" + image + "\": not found"));
            return;
        }
        try {
            List<String> command = Json.texts(container, "command");
            Optional<Process> started = processes.start(pod.uid(), content, command);
            if (started.isPresent()) {
                run(content, started.get());
            } else {
                String missing = command.isEmpty() ? "" : command.get(0);
                tell(waiting("RunContainerError", "exec: \"" + missing + "\": executable file not found in $PATH"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(SimulatedImage content, Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        pod.started(name, content);
        tell(Map.of("running", Map.of("startedAt", Manifests.now())));
        int status = process.waitFor();
        processes.ended(process);
        pod.ended(name);
        String reason = status == 0 ? "Completed" : "Error";
        tell(Map.of("terminated", Map.of("exitCode", status, "reason", reason, "finishedAt", Manifests.now())));
    }

    private static Map<String, Object> waiting(String reason, String words) {
        return Map.of("waiting", Map.of("reason", reason, "message", words));
    }

    private void tell(Map<String, Object> state) {
        if (pod.node().isLost()) {
            return;
        }
        store.update("pods", pod.namespace(), pod.name(), object -> {
            Map<String, Object> status = Json.within(object, "status");
            List<Map<String, Object>> all = Json.list(status, statuses);
            all.stream()
                    .filter(each -> name.equals(each.get("name")))
                    .findFirst()
                    .orElseGet(() -> added(all))
                    .put("state", state);
            if (statuses.equals("containerStatuses")) {
                status.put("phase", phase(state));
            }
        });
    }

    private Map<String, Object> added(List<Map<String, Object>> all) {
        Map<String, Object> status = new LinkedHashMap<>(Map.of("name", name, "ready", false, "restartCount", 0));
        all.add(status);
        return status;
    }

    // Of pods with one container that is not started again, as helpers are.
    private static String phase(Map<String, Object> state) {
        if (state.containsKey("terminated")) {
            return Json.text(state, "terminated", "exitCode").equals("0") ? "Succeeded" : "Failed";
        }
        return state.containsKey("running") ? "Running" : "Pending";
    }
}
