package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** What an object that is gone leaves behind: all that it owned goes too. */
final class Dependents {
    private static final List<String> RESOURCES = List.of("replicasets.apps", "controllerrevisions.apps", "pods");

    private final ObjectStore store;
    private final Kubelet kubelet;

    Dependents(ObjectStore store, Kubelet kubelet) {
        this.store = store;
        this.kubelet = kubelet;
    }

    /** Removes what was owned by the object of this UID. */
    void remove(String namespace, String uid) {
        for (String resource : RESOURCES) {
            for (Map<String, Object> object : of(resource, namespace, uid)) {
                store.remove(resource, namespace, Json.text(object, "metadata", "name"))
                        .ifPresent(kubelet::removed);
            }
        }
    }

    /** Leaves what was owned by the object of this UID, which is nobody's then. */
    void orphan(String namespace, String uid) {
        for (String resource : RESOURCES) {
            for (Map<String, Object> object : of(resource, namespace, uid)) {
                store.update(resource, namespace, Json.text(object, "metadata", "name"), orphaned -> {
                    Map<String, Object> metadata = Json.within(orphaned, "metadata");
                    List<Map<String, Object>> owners = Json.list(metadata, "ownerReferences");
                    owners.removeIf(owner -> uid.equals(owner.get("uid")));
                    // Objects are told without lists that are empty.
                    if (owners.isEmpty()) {
                        metadata.remove("ownerReferences");
                    }
                });
            }
        }
    }

    /** Returns what an object owns, in the order in which it was made. */
    List<Map<String, Object>> of(String resource, String namespace, String uid) {
        return store.list(
                        resource,
                        namespace,
                        object -> Manifests.controller(object)
                                .filter(owner -> uid.equals(owner.get("uid")))
                                .isPresent())
                .items();
    }
}
