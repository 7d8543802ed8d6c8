package io.podcapture.testkit.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Objects of Kubernetes as the API server shows them when all has settled. */
final class Manifests {
    private Manifests() {}

    static Map<String, Object> namespace(String name) {
        Map<String, Object> namespace = object("Namespace", "v1", "", name);
        namespace.put("status", Map.of("phase", "Active"));
        return namespace;
    }

    static Map<String, Object> node(String name, String address) {
        Map<String, Object> node = object("Node", "v1", "", name);
        Json.within(node, "metadata")
                .put("labels", Map.of("kubernetes.io/hostname", name, "kubernetes.io/os", "linux"));
        Map<String, Object> status = Json.within(node, "status");
        status.put("addresses", List.of(Map.of("type", "InternalIP", "address", address)));
        status.put("nodeInfo", Map.of("architecture", "amd64", "operatingSystem", "linux"));
        Conditions.put(node, "Ready", "True", "KubeletReady", "kubelet is posting ready status");
        return node;
    }

    static Map<String, Object> pod(
            String namespace,
            String name,
            String node,
            String address,
            Map<String, String> labels,
            Map<String, SimulatedImage> images) {
        Map<String, Object> pod = object("Pod", "v1", namespace, name);
        String uid = UUID.randomUUID().toString();
        Json.within(pod, "metadata").put("uid", uid);
        Json.within(pod, "metadata").put("labels", labels);
        List<Object> containers = new ArrayList<>();
        List<Object> statuses = new ArrayList<>();
        images.forEach((container, image) -> {
            containers.add(Map.of("name", container, "image", ClusterSettings.image(image)));
            statuses.add(Map.of(
                    "name",
                    container,
                    "ready",
                    true,
                    "started",
                    true,
                    "restartCount",
                    0,
                    "containerID",
                    ContainerId.told(uid, container),
                    "state",
                    Map.of("running", Map.of("startedAt", now()))));
        });
        Map<String, Object> spec = Json.within(pod, "spec");
        spec.put("nodeName", node);
        spec.put("containers", containers);
        Map<String, Object> status = Json.within(pod, "status");
        status.put("phase", "Running");
        status.put("podIP", address);
        status.put("podIPs", List.of(Map.of("ip", address)));
        status.put("containerStatuses", statuses);
        Map<String, Object> settled = Json.copy(pod);
        PodDefaults.fillPod(settled);
        PodStatus.settle(settled);
        return settled;
    }

    /** Returns the reference to the object that manages another one. */
    static Map<String, Object> owner(Map<String, Object> object) {
        return Map.of(
                "apiVersion", Json.text(object, "apiVersion"),
                "kind", Json.text(object, "kind"),
                "name", Json.text(object, "metadata", "name"),
                "uid", Json.text(object, "metadata", "uid"),
                "controller", true);
    }

    /** Marks a node, or a pod of it, of which nothing is heard. */
    static void unheard(Map<String, Object> object) {
        boolean node = Json.text(object, "kind").equals("Node");
        Conditions.put(
                object,
                "Ready",
                node ? "Unknown" : "False",
                node ? "NodeStatusUnknown" : "NodeNotReady",
                "Kubelet stopped posting node status.");
    }

    /** Returns the reference to what manages an object; empty if nothing does. */
    static Optional<Map<String, Object>> controller(Map<String, Object> object) {
        return Fields.items(object, "metadata", "ownerReferences").stream()
                .filter(owner -> Boolean.TRUE.equals(owner.get("controller")))
                .findFirst();
    }

    /** Returns the resource of a kind of workload. */
    static String resource(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s.apps";
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns an object that has nothing but its name. */
    static Map<String, Object> object(String kind, String version, String namespace, String name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind);
        object.put("apiVersion", version);
        Map<String, Object> metadata = Json.within(object, "metadata");
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("creationTimestamp", now());
        return object;
    }
}
