package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Makes objects, and waits until they have settled. For one thread at a time. */
final class Inhabitants {
    private final ObjectStore store;
    private final Kubelet kubelet;
    private final Controllers controllers;
    private final List<String> nodes;
    private final Addresses addresses;

    Inhabitants(ObjectStore store, Kubelet kubelet, Controllers controllers, List<String> nodes, Addresses addresses) {
        this.store = store;
        this.kubelet = kubelet;
        this.controllers = controllers;
        this.nodes = nodes;
        this.addresses = addresses;
        store.add("namespaces", Manifests.namespace("default"));
        for (String node : nodes) {
            store.add("nodes", Manifests.node(node, "192.0.2." + (nodes.indexOf(node) + 1)));
        }
    }

    /** Makes a namespace that enforces a level of Pod Security. */
    void namespace(String name, PodSecurity level) {
        Map<String, Object> namespace = Manifests.namespace(name);
        Json.within(namespace, "metadata")
                .put("labels", Map.of("pod-security.kubernetes.io/enforce", level.toString()));
        store.add("namespaces", namespace);
    }

    void pod(String namespace, String name, PodOptions options) throws IOException {
        requireNode(name, options);
        Map<String, Object> pod = Manifests.pod(
                namespace,
                name,
                options.nodeOr(nodes.get(0)),
                addresses.next(),
                options.labels(),
                options.containers());
        kubelet.run(add(namespace, "pods", pod), options.containers());
    }

    void deployment(String namespace, String name, int replicas, PodOptions options) throws IOException {
        workload(Workloads.deployment(namespace, name, replicas, options), options);
    }

    void statefulSet(String namespace, String name, int replicas, PodOptions options) throws IOException {
        workload(Workloads.statefulSet(namespace, name, replicas, options), options);
    }

    void daemonSet(String namespace, String name, PodOptions options) throws IOException {
        workload(Workloads.daemonSet(namespace, name, options), options);
    }

    private void workload(Map<String, Object> workload, PodOptions options) throws IOException {
        String name = Json.text(workload, "metadata", "name");
        String namespace = Json.text(workload, "metadata", "namespace");
        String resource = Manifests.resource(Json.text(workload, "kind"));
        requireNode(name, options);
        add(namespace, resource, workload);
        controllers.await(resource, namespace, name, Workloads::isSettled);
    }

    private void requireNode(String name, PodOptions options) {
        String node = options.nodeOr(nodes.get(0));
        if (!nodes.contains(node)) {
            throw new IllegalStateException("pod " + name + " is on a node that was not named: " + node);
        }
    }

    private Map<String, Object> add(String namespace, String resource, Map<String, Object> object) {
        if (store.find("namespaces", "", namespace).isEmpty()) {
            store.add("namespaces", Manifests.namespace(namespace));
        }
        return store.add(resource, object);
    }
}
