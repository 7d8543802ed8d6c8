package io.podcapture.e2e;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What kubelets think of the local storage that the pods of a namespace use, and what they do about it. */
record Evictions(KubernetesClient client, String namespace) {
    /** Makes a pod that writes more than its limit, on a node; returns its name. */
    String overrun(String node) {
        InputStream yaml = Objects.requireNonNull(Evictions.class.getResourceAsStream("writer.yaml"));
        Pod pod = client.getKubernetesSerialization().unmarshal(yaml, Pod.class);
        pod.getSpec().setNodeName(node);
        return client.pods()
                .inNamespace(namespace)
                .resource(pod)
                .create()
                .getMetadata()
                .getName();
    }

    /** Returns the pods that were evicted, those that are gone included. */
    List<String> evicted() {
        return client.v1().events().inNamespace(namespace).withField("reason", "Evicted").list().getItems().stream()
                .map(Event::getInvolvedObject)
                .map(pod -> pod.getName())
                .distinct()
                .toList();
    }

    /** Returns how many octets of local storage a pod uses, as its kubelet last counted; 0 if it has not yet. */
    long used(Pod pod) {
        String told = client.raw("/api/v1/nodes/" + pod.getSpec().getNodeName() + "/proxy/stats/summary");
        List<Map<String, Map<String, Object>>> pods = client.getKubernetesSerialization()
                .unmarshal(told, GenericKubernetesResource.class)
                .get("pods");
        return pods.stream()
                .filter(each ->
                        pod.getMetadata().getUid().equals(each.get("podRef").get("uid")))
                .map(each -> each.getOrDefault("ephemeral-storage", Map.of()).get("usedBytes"))
                .filter(Number.class::isInstance)
                .mapToLong(octets -> ((Number) octets).longValue())
                .sum();
    }
}
