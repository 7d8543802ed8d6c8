package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workloads as a user makes them, and whether they have what they say. */
final class Workloads {
    private Workloads() {}

    static Map<String, Object> deployment(String namespace, String name, int replicas, PodOptions options) {
        Map<String, Object> deployment = workload("Deployment", namespace, name, options);
        Map<String, Object> spec = Json.within(deployment, "spec");
        spec.put("replicas", replicas);
        spec.put(
                "strategy",
                Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxSurge", "25%", "maxUnavailable", "25%")));
        return owned(deployment);
    }

    static Map<String, Object> statefulSet(String namespace, String name, int replicas, PodOptions options) {
        Map<String, Object> set = workload("StatefulSet", namespace, name, options);
        Map<String, Object> spec = Json.within(set, "spec");
        spec.put("replicas", replicas);
        spec.put("serviceName", name);
        spec.put("podManagementPolicy", "OrderedReady");
        spec.put("updateStrategy", Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("partition", 0)));
        return owned(set);
    }

    static Map<String, Object> daemonSet(String namespace, String name, PodOptions options) {
        Map<String, Object> set = workload("DaemonSet", namespace, name, options);
        Json.within(set, "spec")
                .put(
                        "updateStrategy",
                        Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxSurge", 0, "maxUnavailable", 1)));
        return owned(set);
    }

    private static Map<String, Object> workload(String kind, String namespace, String name, PodOptions options) {
        Map<String, String> labels = options.labels().isEmpty() ? Map.of("app", name) : options.labels();
        Map<String, Object> pod = new LinkedHashMap<>();
        List<Object> containers = new ArrayList<>();
        options.containers()
                .forEach((container, image) ->
                        containers.add(Map.of("name", container, "image", ClusterSettings.image(image))));
        pod.put("containers", containers);
        if (!options.nodeOr("").isEmpty()) {
            pod.put("nodeName", options.nodeOr(""));
        }
        Map<String, Object> workload = Manifests.object(kind, "apps/v1", namespace, name);
        Json.within(workload, "metadata").put("generation", 1);
        Map<String, Object> spec = Json.within(workload, "spec");
        spec.put("selector", Map.of("matchLabels", labels));
        spec.put("template", Map.of("metadata", Map.of("labels", labels), "spec", pod));
        Map<String, Object> filled = Json.copy(workload);
        PodDefaults.fillTemplate(filled);
        return filled;
    }

    private static Map<String, Object> owned(Map<String, Object> workload) {
        FieldManagers managers = FieldManagers.of(workload);
        managers.give(
                FieldManagers.Manager.changing("kubectl-create"),
                FieldSet.of(OwnedFields.of(workload)),
                Json.text(workload, "apiVersion"),
                Manifests.now());
        managers.writeTo(workload);
        return workload;
    }

    /** Tells whether all pods of a workload are of its template and ready, and its controller has seen it as it is. */
    static boolean isSettled(Map<String, Object> workload) {
        if (Fields.number(workload, 0, "status", "observedGeneration")
                < Fields.number(workload, 1, "metadata", "generation")) {
            return false;
        }
        long replicas = Fields.number(workload, 1, "spec", "replicas");
        return switch (Json.text(workload, "kind")) {
            case "Deployment" -> all(workload, replicas, "replicas", "updatedReplicas", "availableReplicas");
            case "StatefulSet" ->
                all(workload, replicas, "replicas", "readyReplicas")
                        && Json.text(workload, "status", "currentRevision")
                                .equals(Json.text(workload, "status", "updateRevision"));
            default ->
                all(
                        workload,
                        Fields.number(workload, 0, "status", "desiredNumberScheduled"),
                        "updatedNumberScheduled",
                        "numberReady");
        };
    }

    private static boolean all(Map<String, Object> workload, long wanted, String... counts) {
        for (String count : counts) {
            if (Fields.number(workload, 0, "status", count) != wanted) {
                return false;
            }
        }
        return true;
    }
}
