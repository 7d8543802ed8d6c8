package io.podcapture.testkit.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The replica sets of deployments, one for each template that a deployment has had. */
final class ReplicaSets {
    static final String RESOURCE = "replicasets.apps";

    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int FIRST = 0x5d8f;

    private final ObjectStore store;
    private final Dependents dependents;
    private final Map<String, Integer> made = new HashMap<>();

    ReplicaSets(ObjectStore store, Dependents dependents) {
        this.store = store;
        this.dependents = dependents;
    }

    List<Map<String, Object>> of(Map<String, Object> deployment) {
        return dependents.of(
                RESOURCE, Json.text(deployment, "metadata", "namespace"), Json.text(deployment, "metadata", "uid"));
    }

    /** Tells whether a set is for the template that its deployment has now. */
    static boolean isCurrent(Map<String, Object> set, Map<String, Object> deployment) {
        Map<String, Object> template = Json.copy(Fields.map(set, "spec", "template"));
        Json.within(Json.within(template, "metadata"), "labels").remove(HASH);
        return template.equals(Fields.map(deployment, "spec", "template"));
    }

    /** Makes the set for a deployment's template, without pods yet. */
    Map<String, Object> make(Map<String, Object> deployment) {
        int number = made.merge(Json.text(deployment, "metadata", "uid"), 1, Integer::sum);
        String hash = Integer.toHexString(FIRST + number - 1);
        Map<String, Object> template = Json.copy(Fields.map(deployment, "spec", "template"));
        Map<String, Object> labels = Json.within(Json.within(template, "metadata"), "labels");
        labels.put(HASH, hash);
        Map<String, Object> selector = new LinkedHashMap<>(Fields.map(deployment, "spec", "selector", "matchLabels"));
        selector.put(HASH, hash);
        Map<String, Object> set = Manifests.object(
                "ReplicaSet",
                "apps/v1",
                Json.text(deployment, "metadata", "namespace"),
                Json.text(deployment, "metadata", "name") + "-" + hash);
        Map<String, Object> metadata = Json.within(set, "metadata");
        metadata.put("generation", 1L);
        metadata.put("labels", labels);
        metadata.put("ownerReferences", List.of(Manifests.owner(deployment)));
        Map<String, Object> spec = Json.within(set, "spec");
        spec.put("replicas", 0L);
        spec.put("selector", Map.of("matchLabels", selector));
        spec.put("template", template);
        set.put("status", Map.of("replicas", 0L));
        return store.add(RESOURCE, set);
    }

    /** Numbers the set in use as the last of all: one that is used again gets a new number, and an undo goes by them. */
    void number(Map<String, Object> deployment, Map<String, Object> current, List<Map<String, Object>> old) {
        long last = old.stream().mapToLong(ReplicaSets::revision).max().orElse(0);
        String number = Long.toString(Math.max(revision(current), last + 1));
        Map<String, Object> patch = Map.of("metadata", Map.of("annotations", Map.of(REVISION, number)));
        for (Map<String, Object> each : List.of(current, deployment)) {
            store.change(
                    Manifests.resource(Json.text(each, "kind")),
                    Json.text(each, "metadata", "namespace"),
                    Json.text(each, "metadata", "name"),
                    object -> new MergePatch("kube-controller-manager", false).to(object, patch));
        }
    }

    private static long revision(Map<String, Object> set) {
        String number = Json.text(set, "metadata", "annotations", REVISION);
        return number.isEmpty() ? 0 : Long.parseLong(number);
    }

    void scale(ScaleStep step) {
        String namespace = Json.text(step.set(), "metadata", "namespace");
        store.update(RESOURCE, namespace, Json.text(step.set(), "metadata", "name"), set -> {
            Json.within(set, "spec").put("replicas", step.replicas());
            Json.within(set, "metadata").put("generation", Fields.number(set, 0, "metadata", "generation") + 1);
        });
    }
}
