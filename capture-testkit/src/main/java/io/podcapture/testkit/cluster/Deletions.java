package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** What clients delete or evict: it is gone at once, as with a grace period of zero. */
final class Deletions {
    private final ObjectStore store;
    private final Kubelet kubelet;
    private final Dependents dependents;

    Deletions(ObjectStore store, Kubelet kubelet) {
        this.store = store;
        this.kubelet = kubelet;
        this.dependents = new Dependents(store, kubelet);
    }

    /**
     * Deletes an object, if it is the one that the client means; answers with it.
     *
     * @param policy of the query, for what the object owns; else the options may tell it
     */
    Map<String, Object> delete(ApiPath path, Map<String, Object> options, String policy, boolean dryRun)
            throws ApiStatus.Refusal {
        Map<String, Object> object = removed(path, options, policy, dryRun);
        if (!dryRun) {
            kubelet.removed(object);
        }
        return object;
    }

    /** Evicts a pod, as a client asks for it: without a budget for disruptions it is deleted. */
    Map<String, Object> evict(ApiPath path, Map<String, Object> eviction, boolean dryRun) throws ApiStatus.Refusal {
        String name = Json.text(eviction, "metadata", "name");
        if (!name.isEmpty() && !name.equals(path.name())) {
            throw new ApiStatus.Refusal(400, "name in URL does not match name in Eviction object");
        }
        delete(path, Fields.map(eviction, "deleteOptions"), "", dryRun);
        return Map.of("kind", "Status", "apiVersion", "v1", "metadata", Map.of(), "status", "Success", "code", 201);
    }

    private Map<String, Object> removed(ApiPath path, Map<String, Object> options, String policy, boolean dryRun)
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
                if (isOrphaning(options, policy)) {
                    dependents.orphan(path.namespace(), Json.text(object, "metadata", "uid"));
                }
                store.remove(path.resource(), path.namespace(), path.name());
            }
            return object;
        }
    }

    private static boolean isOrphaning(Map<String, Object> options, String policy) {
        String told = Json.text(options, "propagationPolicy");
        return (told.isEmpty() ? policy : told).equals("Orphan")
                || Json.text(options, "orphanDependents").equals("true");
    }
}
