package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** The part of an object whose fields have owners: what clients say of it, and not what makes it this object. */
final class OwnedFields {
    private static final List<String> IDENTITY = List.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "selfLink",
            "managedFields");

    private OwnedFields() {}

    /** Returns a copy with nothing else in it. */
    static Map<String, Object> of(Map<String, Object> object) {
        Map<String, Object> owned = Json.copy(object);
        owned.keySet().removeAll(List.of("apiVersion", "kind", "status"));
        Map<String, Object> metadata = Json.within(owned, "metadata");
        metadata.keySet().removeAll(IDENTITY);
        if (metadata.isEmpty()) {
            owned.remove("metadata");
        }
        return owned;
    }
}
