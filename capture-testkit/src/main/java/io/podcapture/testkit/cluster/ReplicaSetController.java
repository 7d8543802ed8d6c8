package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps as many pods as a replica set says. They are numbered, and no number comes twice. */
final class ReplicaSetController implements Controllers.Controller {
    static final String FAILURE = "ReplicaFailure";

    private final ObjectStore store;
    private final TemplatePods pods;
    private final Map<String, Integer> made = new HashMap<>();

    ReplicaSetController(ObjectStore store, TemplatePods pods) {
        this.store = store;
        this.pods = pods;
    }

    @Override
    public void reconcile(Map<String, Object> set) {
        List<Map<String, Object>> there = pods.active(set);
        long wanted = Fields.number(set, 1, "spec", "replicas");
        String refusal = "";
        try {
            for (long i = there.size(); i < wanted; i++) {
                make(set);
            }
        } catch (ApiStatus.Refusal e) {
            refusal = String.valueOf(e.getMessage());
        }
        leaving(there).stream().limit(Math.max(0, there.size() - wanted)).forEach(pods::delete);
        tell(set, refusal);
    }

    private void make(Map<String, Object> set) throws ApiStatus.Refusal {
        String uid = Json.text(set, "metadata", "uid");
        String name = Json.text(set, "metadata", "name") + "-";
        int number = pods.free(set, made.getOrDefault(uid, 0), each -> name + each);
        pods.make(set, name + number, Map.of());
        made.put(uid, number + 1);
    }

    // Those that are not ready go first, and then the youngest.
    private static List<Map<String, Object>> leaving(List<Map<String, Object>> pods) {
        List<Map<String, Object>> leaving = new ArrayList<>(pods);
        Collections.reverse(leaving);
        leaving.sort(Comparator.comparing(TemplatePods::isReady));
        return leaving;
    }

    private void tell(Map<String, Object> set, String refusal) {
        List<Map<String, Object>> now = pods.active(set);
        WorkloadStatus status = new WorkloadStatus(set)
                .put("replicas", (long) now.size())
                .count("fullyLabeledReplicas", now.size())
                .count("readyReplicas", TemplatePods.ready(now))
                .count("availableReplicas", TemplatePods.ready(now));
        if (!refusal.isEmpty()) {
            status.condition(FAILURE, true, "FailedCreate", refusal);
        }
        status.tell(store);
    }
}
