package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the pods of a stateful set one after the other, and renews them one by one from the last on. */
final class StatefulSetController implements Controllers.Controller {
    private final ObjectStore store;
    private final Revisions revisions;
    private final TemplatePods pods;

    StatefulSetController(ObjectStore store, Revisions revisions, TemplatePods pods) {
        this.store = store;
        this.revisions = revisions;
        this.pods = pods;
    }

    @Override
    public void reconcile(Map<String, Object> set) {
        String revision = revisions.current(set);
        try {
            step(set, revision);
        } catch (ApiStatus.Refusal refused) {
            // Nothing of it is in the status: a real one tells it by an event.
        }
        tell(set, revision);
    }

    private void step(Map<String, Object> set, String revision) throws ApiStatus.Refusal {
        long wanted = Fields.number(set, 1, "spec", "replicas");
        boolean ordered = !Json.text(set, "spec", "podManagementPolicy").equals("Parallel");
        for (long i = 0; i < wanted; i++) {
            Optional<Map<String, Object>> pod = pod(set, i);
            if (pod.isEmpty()) {
                pods.make(set, name(set, i), labels(i, set, revision));
            } else if (TemplatePods.isOver(pod.get())) {
                pods.delete(pod.get());
            }
            // Also when the template has become another one meanwhile: a pod that never gets ready stops all.
            if (ordered && !pod.map(TemplatePods::isReady).orElse(false)) {
                return;
            }
        }
        List<Map<String, Object>> surplus = pods.of(set).stream()
                .filter(pod -> ordinal(pod) >= wanted)
                .sorted((one, other) -> Long.compare(ordinal(other), ordinal(one)))
                .toList();
        if (!surplus.isEmpty()) {
            pods.delete(surplus.get(0));
        } else if (!isByHand(set)) {
            renew(set, revision, wanted);
        }
    }

    private static boolean isByHand(Map<String, Object> set) {
        return Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete");
    }

    private void renew(Map<String, Object> set, String revision, long wanted) {
        for (long i = wanted - 1; i >= partition(set); i--) {
            Optional<Map<String, Object>> pod = pod(set, i);
            if (pod.isPresent() && !Revisions.isOf(pod.get(), revision)) {
                pods.delete(pod.get());
                return;
            }
            if (!pod.map(TemplatePods::isReady).orElse(false)) {
                return;
            }
        }
    }

    private static long partition(Map<String, Object> set) {
        return Fields.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
    }

    private static Map<String, String> labels(long ordinal, Map<String, Object> set, String revision) {
        return Map.of(
                Revisions.LABEL,
                revision,
                "apps.kubernetes.io/pod-index",
                Long.toString(ordinal),
                "statefulset.kubernetes.io/pod-name",
                name(set, ordinal));
    }

    private Optional<Map<String, Object>> pod(Map<String, Object> set, long ordinal) {
        return pods.of(set).stream().filter(pod -> ordinal(pod) == ordinal).findFirst();
    }

    private static String name(Map<String, Object> set, long ordinal) {
        return Json.text(set, "metadata", "name") + "-" + ordinal;
    }

    private static long ordinal(Map<String, Object> pod) {
        String name = Json.text(pod, "metadata", "name");
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    private void tell(Map<String, Object> set, String revision) {
        long wanted = Fields.number(set, 1, "spec", "replicas");
        List<Map<String, Object>> all = pods.active(set);
        List<Map<String, Object>> updated =
                all.stream().filter(pod -> Revisions.isOf(pod, revision)).toList();
        // By hand a roll-out is never told to be over, also when it is.
        boolean over = !isByHand(set)
                && updated.size() == wanted
                && all.size() == wanted
                && TemplatePods.ready(updated) == wanted;
        String before = Json.text(set, "status", "currentRevision");
        String current = over || before.isEmpty() ? revision : before;
        long ready = TemplatePods.ready(all);
        new WorkloadStatus(set)
                .put("replicas", (long) all.size())
                .count("readyReplicas", ready)
                .put("availableReplicas", ready)
                .count(
                        "currentReplicas",
                        all.stream().filter(pod -> Revisions.isOf(pod, current)).count())
                .count("updatedReplicas", updated.size())
                .put("currentRevision", current)
                .put("updateRevision", revision)
                .put("collisionCount", 0L)
                .tell(store);
    }
}
