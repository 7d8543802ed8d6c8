package io.podcapture.testkit.cluster;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Makes the pods of workloads from their templates, and deletes them. */
final class TemplatePods {
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final PodChanges changes;
    private final Dependents dependents;
    private final List<String> nodes;
    private final Addresses addresses;

    /**
     * Makes it.
     *
     * @param nodes their names, at least one
     */
    TemplatePods(
            ObjectStore store,
            Kubelet kubelet,
            PodChanges changes,
            Dependents dependents,
            List<String> nodes,
            Addresses addresses) {
        this.store = store;
        this.kubelet = kubelet;
        this.changes = changes;
        this.dependents = dependents;
        this.nodes = nodes;
        this.addresses = addresses;
    }

    List<String> nodes() {
        return nodes;
    }

    /** Returns the pods of a workload, those that have ended included. */
    List<Map<String, Object>> of(Map<String, Object> owner) {
        return dependents.of("pods", Json.text(owner, "metadata", "namespace"), Json.text(owner, "metadata", "uid"));
    }

    /** Returns the pods of a workload that have not ended. */
    List<Map<String, Object>> active(Map<String, Object> owner) {
        return of(owner).stream().filter(pod -> !isOver(pod)).toList();
    }

    static boolean isOver(Map<String, Object> pod) {
        return OVER.contains(Json.text(pod, "status", "phase"));
    }

    static boolean isReady(Map<String, Object> pod) {
        return !isOver(pod)
                && Fields.items(pod, "status", "conditions").stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    static long ready(List<Map<String, Object>> pods) {
        return pods.stream().filter(TemplatePods::isReady).count();
    }

    /** Returns the first number, from one on, whose name no pod of the namespace has: a client may have taken some. */
    int free(Map<String, Object> owner, int from, IntFunction<String> name) {
        String namespace = Json.text(owner, "metadata", "namespace");
        int number = from;
        while (store.find("pods", namespace, name.apply(number)).isPresent()) {
            number++;
        }
        return number;
    }

    /**
     * Makes a pod on the node that its template names, or else on one that has the fewest of its owner's, and is not lost
     * unless all are.
     */
    void make(Map<String, Object> owner, String name, Map<String, String> labels) throws ApiStatus.Refusal {
        List<String> used = active(owner).stream()
                .map(pod -> Json.text(pod, "spec", "nodeName"))
                .toList();
        Comparator<String> order = Comparator.comparing(
                        (String node) -> kubelet.node(node).isLost())
                .thenComparing(node -> Collections.frequency(used, node));
        make(owner, name, labels, Collections.min(nodes, order));
    }

    /** Makes a pod on a node, unless its template names another one. */
    void make(Map<String, Object> owner, String name, Map<String, String> labels, String node)
            throws ApiStatus.Refusal {
        String namespace = Json.text(owner, "metadata", "namespace");
        Map<String, Object> pod = Manifests.object("Pod", "v1", namespace, name);
        Map<String, Object> metadata = Json.within(pod, "metadata");
        Map<String, Object> all = new LinkedHashMap<>(Fields.map(owner, "spec", "template", "metadata", "labels"));
        all.putAll(labels);
        metadata.put("labels", all);
        Map<String, Object> annotations = Fields.map(owner, "spec", "template", "metadata", "annotations");
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        metadata.put("ownerReferences", List.of(Manifests.owner(owner)));
        Map<String, Object> spec = Json.within(pod, "spec");
        spec.putAll(Fields.map(owner, "spec", "template", "spec"));
        spec.putIfAbsent("nodeName", node);
        spec.putIfAbsent("restartPolicy", "Always");
        String address = addresses.next();
        Map<String, Object> status = Json.within(pod, "status");
        status.put("podIP", address);
        status.put("podIPs", List.of(Map.of("ip", address)));
        changes.create(new ApiPath("", namespace, "pods", "", ""), pod, false);
    }

    void delete(Map<String, Object> pod) {
        store.remove("pods", Json.text(pod, "metadata", "namespace"), Json.text(pod, "metadata", "name"))
                .ifPresent(kubelet::removed);
    }
}
