package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes deployments and rolls them out: each time a replica set with pods of its own, and then those before go. */
final class Deployments {
    private static final String HASH = "pod-template-hash";
    private static final int FIRST = 0x5d8f;

    private final Inhabitants inhabitants;
    private final ObjectStore store;
    private final Kubelet kubelet;
    private final Map<String, Wanted> wanted = new HashMap<>();

    private record Wanted(int replicas, PodOptions options, int generation) {}

    Deployments(Inhabitants inhabitants, ObjectStore store, Kubelet kubelet) {
        this.inhabitants = inhabitants;
        this.store = store;
        this.kubelet = kubelet;
    }

    synchronized void make(String namespace, String name, int replicas, PodOptions options) throws IOException {
        inhabitants.add(
                namespace,
                "deployments.apps",
                Manifests.workload("Deployment", namespace, name, replicas, Inhabitants.labels(name, options)));
        Wanted first = new Wanted(replicas, options, FIRST);
        wanted.put(namespace + "/" + name, first);
        rollOut(namespace, name, first);
    }

    /** Makes new pods, then deletes those that were there. */
    synchronized void restart(String namespace, String name) throws IOException {
        Wanted before = wanted.get(namespace + "/" + name);
        if (before == null) {
            throw new IllegalArgumentException("there is no deployment " + namespace + "/" + name);
        }
        Wanted next = new Wanted(before.replicas(), before.options(), before.generation() + 1);
        wanted.put(namespace + "/" + name, next);
        rollOut(namespace, name, next);
        String old = Integer.toHexString(before.generation());
        String prefix = name + "-" + old + "-";
        List<Map<String, Object>> pods = store.list(
                        "pods",
                        namespace,
                        pod -> Json.text(pod, "metadata", "labels", HASH).equals(old)
                                && Json.text(pod, "metadata", "name").startsWith(prefix))
                .items();
        for (Map<String, Object> pod : pods) {
            store.remove("pods", namespace, Json.text(pod, "metadata", "name")).ifPresent(kubelet::removed);
        }
    }

    private void rollOut(String namespace, String name, Wanted wanted) throws IOException {
        String hash = Integer.toHexString(wanted.generation());
        Map<String, String> labels = new LinkedHashMap<>(Inhabitants.labels(name, wanted.options()));
        labels.put(HASH, hash);
        String replicaSet = name + "-" + hash;
        Map<String, Object> set = Manifests.workload("ReplicaSet", namespace, replicaSet, wanted.replicas(), labels);
        Map<String, Object> deployment =
                store.find("deployments.apps", namespace, name).orElseThrow();
        Json.within(set, "metadata").put("ownerReferences", new ArrayList<>(List.of(Manifests.owner(deployment))));
        Map<String, Object> added = inhabitants.add(namespace, "replicasets.apps", set);
        inhabitants.pods(namespace, wanted.replicas(), replicaSet, wanted.options(), added, labels);
    }
}
