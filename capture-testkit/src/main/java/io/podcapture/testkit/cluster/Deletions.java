package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** What clients delete: it is gone at once, as with a grace period of zero. */
final class Deletions {
    private final ObjectStore store;
    private final Kubelet kubelet;

    Deletions(ObjectStore store, Kubelet kubelet) {
        this.store = store;
        this.kubelet = kubelet;
    }

    /** Deletes an object, if it is the one that the client means; answers with it. */
    Map<String, Object> delete(ApiPath path, Map<String, Object> options, boolean dryRun) throws ApiStatus.Refusal {
        Map<String, Object> object = removed(path, options, dryRun);
        if (!dryRun) {
            kubelet.removed(object);
        }
        return object;
    }

    private Map<String, Object> removed(ApiPath path, Map<String, Object> options, boolean dryRun)
            throws ApiStatus.Refusal {
        synchronized (store) {
            Map<String, Object> object = store.find(path.resource(), path.namespace(), path.name())
                    .orElseThrow(() -> ApiStatus.notFound(path.resource(), path.name()));
            for (String what : List.of("uid", "resourceVersion")) {
                String meant = Json.text(options, "preconditions", what);
                String there = Json.text(object, "metadata", what);
                if (!meant.isEmpty() && !meant.equals(there)) {
                    throw ApiStatus.unfulfilled(
                            path,
                            "the " + what + " in the precondition (" + meant + ") is not that of the object (" + there
                                    + ")");
                }
            }
            if (!dryRun) {
                store.remove(path.resource(), path.namespace(), path.name());
            }
            return object;
        }
    }
}
