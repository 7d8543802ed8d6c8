package io.podcapture.testkit.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Keeps a pod of a daemon set on each node, and renews them node by node. */
final class DaemonSetController implements Controllers.Controller {
    private final ObjectStore store;
    private final Revisions revisions;
    private final TemplatePods pods;
    private final Map<String, Integer> made = new HashMap<>();

    DaemonSetController(ObjectStore store, Revisions revisions, TemplatePods pods) {
        this.store = store;
        this.revisions = revisions;
        this.pods = pods;
    }

    @Override
    public void reconcile(Map<String, Object> set) {
        String revision = revisions.current(set);
        try {
            for (String node : nodes(set)) {
                fill(set, node, revision);
            }
        } catch (ApiStatus.Refusal refused) {
            // Nothing of it is in the status: a real one tells it by an event.
        }
        if (!Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
            renew(set, revision);
        }
        tell(set, revision);
    }

    private void fill(Map<String, Object> set, String node, String revision) throws ApiStatus.Refusal {
        Optional<Map<String, Object>> pod = pod(set, node);
        if (pod.isPresent() && !TemplatePods.isOver(pod.get())) {
            return;
        }
        pod.ifPresent(pods::delete);
        String key = Json.text(set, "metadata", "uid") + "/" + node;
        String name = Json.text(set, "metadata", "name") + "-" + node;
        IntFunction<String> numbered = number -> number == 0 ? name : name + "-" + number;
        int number = pods.free(set, made.getOrDefault(key, 0), numbered);
        pods.make(set, numbered.apply(number), Map.of(Revisions.LABEL, revision), node);
        made.put(key, number + 1);
    }

    // Those that its template is for.
    private List<String> nodes(Map<String, Object> set) {
        String only = Json.text(set, "spec", "template", "spec", "nodeName");
        return pods.nodes().stream()
                .filter(node -> only.isEmpty() || only.equals(node))
                .toList();
    }

    // Those that are not ready go at once: nobody misses them.
    private void renew(Map<String, Object> set, String revision) {
        List<Map<String, Object>> all = pods.active(set);
        long nodes = nodes(set).size();
        Object unavailable = Fields.find(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable")
                .orElse(1);
        long room = Math.max(1, RollingUpdate.scaled(unavailable, nodes, true)) - (nodes - TemplatePods.ready(all));
        for (Map<String, Object> pod : all) {
            if (!Revisions.isOf(pod, revision)) {
                if (!TemplatePods.isReady(pod)) {
                    pods.delete(pod);
                } else if (room > 0) {
                    room--;
                    pods.delete(pod);
                }
            }
        }
    }

    private Optional<Map<String, Object>> pod(Map<String, Object> set, String node) {
        return pods.of(set).stream()
                .filter(pod -> node.equals(Json.text(pod, "spec", "nodeName")))
                .findFirst();
    }

    private void tell(Map<String, Object> set, String revision) {
        List<Map<String, Object>> all = pods.active(set);
        long nodes = nodes(set).size();
        long ready = TemplatePods.ready(all);
        new WorkloadStatus(set)
                .put("desiredNumberScheduled", nodes)
                .put("currentNumberScheduled", (long) all.size())
                .put("numberMisscheduled", 0L)
                .put("numberReady", ready)
                .count("numberAvailable", ready)
                .count("numberUnavailable", nodes - ready)
                .count(
                        "updatedNumberScheduled",
                        all.stream()
                                .filter(pod -> Revisions.isOf(pod, revision))
                                .count())
                .tell(store);
    }
}
