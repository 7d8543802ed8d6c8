package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes objects that have settled. For one thread at a time. */
final class Inhabitants {
    private final ObjectStore store;
    private final Kubelet kubelet;
    private final List<String> nodes;
    private final Deployments deployments;
    private int pods;

    Inhabitants(ObjectStore store, Kubelet kubelet, List<String> nodes) {
        this.store = store;
        this.kubelet = kubelet;
        this.nodes = nodes;
        this.deployments = new Deployments(this, store, kubelet);
        for (String node : nodes) {
            store.add("nodes", Manifests.node(node, "192.0.2." + (nodes.indexOf(node) + 1)));
        }
    }

    void pod(String namespace, String name, PodOptions options) throws IOException {
        pod(namespace, name, options, options.nodeOr(nodes.get(0)), Map.of(), Map.of());
    }

    Deployments deployments() {
        return deployments;
    }

    void statefulSet(String namespace, String name, int replicas, PodOptions options) throws IOException {
        Map<String, String> labels = labels(name, options);
        Map<String, Object> set = Manifests.workload("StatefulSet", namespace, name, replicas, labels);
        pods(namespace, replicas, name, options, add(namespace, "statefulsets.apps", set), labels);
    }

    void daemonSet(String namespace, String name, PodOptions options) throws IOException {
        Map<String, String> labels = labels(name, options);
        Map<String, Object> set = Manifests.workload("DaemonSet", namespace, name, nodes.size(), labels);
        Map<String, Object> owner = Manifests.owner(add(namespace, "daemonsets.apps", set));
        for (String node : nodes) {
            pod(namespace, name + "-" + node, options, node, labels, owner);
        }
    }

    void pods(
            String namespace,
            int replicas,
            String name,
            PodOptions options,
            Map<String, Object> owner,
            Map<String, String> labels)
            throws IOException {
        for (int i = 0; i < replicas; i++) {
            // One after the other on each node, as a scheduler spreads them.
            String node = options.nodeOr(nodes.get(i % nodes.size()));
            pod(namespace, name + "-" + i, options, node, labels, Manifests.owner(owner));
        }
    }

    static Map<String, String> labels(String name, PodOptions options) {
        return options.labels().isEmpty() ? Map.of("app", name) : options.labels();
    }

    private void pod(
            String namespace,
            String name,
            PodOptions options,
            String node,
            Map<String, String> labels,
            Map<String, Object> owner)
            throws IOException {
        if (!nodes.contains(node)) {
            throw new IllegalStateException("pod " + name + " is on a node that was not named: " + node);
        }
        Map<String, String> all = new LinkedHashMap<>(options.labels());
        all.putAll(labels);
        pods++;
        String address = "10.244." + pods / 250 + "." + (pods % 250 + 1);
        Map<String, Object> pod = Manifests.pod(namespace, name, node, address, all, options.containers());
        if (!owner.isEmpty()) {
            Json.within(pod, "metadata").put("ownerReferences", new ArrayList<>(List.of(owner)));
        }
        kubelet.run(add(namespace, "pods", pod), options.containers());
    }

    Map<String, Object> add(String namespace, String resource, Map<String, Object> object) {
        if (store.find("namespaces", "", namespace).isEmpty()) {
            store.add("namespaces", Manifests.namespace(namespace));
        }
        String name = Json.text(object, "metadata", "name");
        if (store.find(resource, namespace, name).isPresent()) {
            throw new IllegalStateException(resource + " " + namespace + "/" + name + " is already there");
        }
        return store.add(resource, object);
    }
}
