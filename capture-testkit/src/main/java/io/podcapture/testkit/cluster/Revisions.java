package io.podcapture.testkit.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The templates that stateful sets and daemon sets have had, as objects. */
final class Revisions {
    /** The label by which a pod tells the template that it was made of. */
    static final String LABEL = "controller-revision-hash";

    private static final String RESOURCE = "controllerrevisions.apps";
    private static final int FIRST = 0x5d8f;

    private final ObjectStore store;
    private final Dependents dependents;
    private final Map<String, Integer> made = new HashMap<>();

    Revisions(ObjectStore store, Dependents dependents) {
        this.store = store;
        this.dependents = dependents;
    }

    /** Returns the name of the revision that a set's template is, which becomes the last of all. */
    String current(Map<String, Object> set) {
        String namespace = Json.text(set, "metadata", "namespace");
        List<Map<String, Object>> all = dependents.of(RESOURCE, namespace, Json.text(set, "metadata", "uid"));
        long last = all.stream().mapToLong(Revisions::number).max().orElse(0);
        Map<String, Object> template = new LinkedHashMap<>(Fields.map(set, "spec", "template"));
        template.put("$patch", "replace");
        Map<String, Object> data = Map.of("spec", Map.of("template", template));
        Optional<Map<String, Object>> same = all.stream()
                .filter(revision -> data.equals(revision.get("data")))
                .findFirst();
        if (same.isEmpty()) {
            return make(set, data, last + 1);
        }
        String name = Json.text(same.get(), "metadata", "name");
        if (number(same.get()) < last) {
            store.update(RESOURCE, namespace, name, revision -> revision.put("revision", last + 1));
        }
        return name;
    }

    private String make(Map<String, Object> set, Map<String, Object> data, long number) {
        int before = made.merge(Json.text(set, "metadata", "uid"), 1, Integer::sum) - 1;
        String name = Json.text(set, "metadata", "name") + "-" + Integer.toHexString(FIRST + before);
        Map<String, Object> revision =
                Manifests.object("ControllerRevision", "apps/v1", Json.text(set, "metadata", "namespace"), name);
        Map<String, Object> labels = new LinkedHashMap<>(Fields.map(set, "spec", "template", "metadata", "labels"));
        labels.put(LABEL, name);
        Json.within(revision, "metadata").put("labels", labels);
        Json.within(revision, "metadata").put("ownerReferences", List.of(Manifests.owner(set)));
        revision.put("data", data);
        revision.put("revision", number);
        store.add(RESOURCE, revision);
        return name;
    }

    private static long number(Map<String, Object> revision) {
        return Fields.number(revision, 0, "revision");
    }

    /** Tells whether a pod was made of a revision. */
    static boolean isOf(Map<String, Object> pod, String revision) {
        return revision.equals(Json.text(pod, "metadata", "labels", LABEL));
    }
}
