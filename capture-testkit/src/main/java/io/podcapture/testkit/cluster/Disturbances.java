package io.podcapture.testkit.cluster;

import java.util.Map;
import java.util.function.Consumer;

/** What befalls pods and nodes, whoever has made them. */
final class Disturbances {
    private final ObjectStore store;
    private final Kubelet kubelet;

    Disturbances(ObjectStore store, Kubelet kubelet) {
        this.store = store;
        this.kubelet = kubelet;
    }

    /** Deletes a pod at once. */
    void delete(String namespace, String name) {
        kubelet.removed(store.remove("pods", namespace, name)
                .orElseThrow(() -> new IllegalArgumentException("there is no pod " + namespace + "/" + name)));
    }

    /** Lets a pod fail. It is told before its processes end: whose stream breaks finds the reason. */
    void evict(SimulatedPod pod, String message) {
        update(pod, object -> PodStatus.evict(object, message));
        kubelet.end(pod);
    }

    /** Lets nothing more be heard of a node and its pods. */
    void lose(SimulatedNode node) {
        node.lose();
        store.update("nodes", "", node.name(), Manifests::unheard);
        for (SimulatedPod pod : kubelet.pods()) {
            if (pod.node() == node) {
                update(pod, Manifests::unheard);
                kubelet.end(pod);
            }
        }
    }

    // Another pod may have got the name meanwhile; and what has ended already, has ended.
    private void update(SimulatedPod pod, Consumer<Map<String, Object>> change) {
        store.update("pods", pod.namespace(), pod.name(), object -> {
            if (pod.uid().equals(Json.text(object, "metadata", "uid")) && !TemplatePods.isOver(object)) {
                change.accept(object);
            }
        });
    }
}
