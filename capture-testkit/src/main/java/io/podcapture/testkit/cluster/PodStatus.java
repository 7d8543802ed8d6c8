package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the kubelet tells of a pod as a whole, from what it tells of its containers. */
final class PodStatus {
    private static final Map<String, String> OVER = Map.of("Succeeded", "PodCompleted", "Failed", "PodFailed");
    private static final Map<String, Object> KILLED = Map.of("exitCode", 137L, "reason", "Error");

    private PodStatus() {}

    /** Brings phase and conditions in line with the states of the containers. */
    static void settle(Map<String, Object> pod) {
        List<Map<String, Object>> states = new ArrayList<>();
        for (Map<String, Object> container : Fields.items(pod, "spec", "containers")) {
            states.add(state(pod, "containerStatuses", Json.text(container, "name")));
        }
        boolean ready = states.stream().allMatch(state -> state.containsKey("running"));
        for (Map<String, Object> container : Fields.items(pod, "spec", "initContainers")) {
            ready &= !isSidecar(container)
                    || state(pod, "initContainerStatuses", Json.text(container, "name"))
                            .containsKey("running");
        }
        String phase = phase(states, Json.text(pod, "spec", "restartPolicy").equals("Always"));
        Json.within(pod, "status").put("phase", phase);
        tellReady(pod, ready, OVER.getOrDefault(phase, "ContainersNotReady"));
    }

    private static void tellReady(Map<String, Object> pod, boolean ready, String otherwise) {
        for (String type : List.of("ContainersReady", "Ready")) {
            Conditions.put(pod, type, ready ? "True" : "False", ready ? "" : otherwise, "");
        }
    }

    /** Marks a pod as evicted: it has failed, and its containers are killed with it. */
    static void evict(Map<String, Object> pod, String message) {
        Map<String, Object> status = Json.within(pod, "status");
        status.putAll(Map.of("phase", "Failed", "reason", "Evicted", "message", message));
        for (String statuses : List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")) {
            for (Map<String, Object> container : Fields.items(pod, "status", statuses)) {
                if (!Fields.map(container, "state").containsKey("terminated")) {
                    container.put("state", Map.of("terminated", KILLED));
                }
                container.putAll(Map.of("ready", false, "started", false));
            }
        }
        Conditions.put(pod, "DisruptionTarget", "True", "TerminationByKubelet", message);
        tellReady(pod, false, "PodFailed");
    }

    /** Tells whether an init container runs beside the others instead of before them. */
    static boolean isSidecar(Map<String, Object> initContainer) {
        return Json.text(initContainer, "restartPolicy").equals("Always");
    }

    private static Map<String, Object> state(Map<String, Object> pod, String statuses, String container) {
        return Fields.items(pod, "status", statuses).stream()
                .filter(status -> container.equals(status.get("name")))
                .map(status -> Fields.map(status, "state"))
                .findFirst()
                .orElse(Map.of());
    }

    private static String phase(List<Map<String, Object>> states, boolean restarted) {
        if (!restarted && states.stream().allMatch(state -> state.containsKey("terminated"))) {
            boolean well = states.stream()
                    .allMatch(
                            state -> Json.text(state, "terminated", "exitCode").equals("0"));
            return well ? "Succeeded" : "Failed";
        }
        boolean begun =
                states.stream().allMatch(state -> state.containsKey("running") || state.containsKey("terminated"));
        return begun ? "Running" : "Pending";
    }
}
