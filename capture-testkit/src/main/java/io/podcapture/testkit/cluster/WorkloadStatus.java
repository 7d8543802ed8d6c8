package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a controller tells of a workload; told when it differs from what was told before. For one look at the workload. */
final class WorkloadStatus {
    private final Map<String, Object> object;
    private final Map<String, Object> status = new LinkedHashMap<>();
    private final List<Object> conditions = new ArrayList<>();

    WorkloadStatus(Map<String, Object> object) {
        this.object = object;
        put("observedGeneration", Fields.number(object, 1, "metadata", "generation"));
    }

    WorkloadStatus put(String name, Object value) {
        status.put(name, value);
        return this;
    }

    /** Adds a number unless it is zero: then Kubernetes leaves it out. */
    WorkloadStatus count(String name, long value) {
        return value == 0 ? this : put(name, value);
    }

    WorkloadStatus condition(String type, boolean holds, String reason, String message) {
        return condition(type, holds ? "True" : "False", reason, message);
    }

    /** Adds a condition that is true, false or unknown. */
    WorkloadStatus condition(String type, String holds, String reason, String message) {
        conditions.add(Conditions.next(object, type, holds, reason, message));
        return this;
    }

    void tell(ObjectStore store) {
        if (!conditions.isEmpty()) {
            status.put("conditions", conditions);
        }
        store.update(
                Manifests.resource(Json.text(object, "kind")),
                Json.text(object, "metadata", "namespace"),
                Json.text(object, "metadata", "name"),
                changed -> changed.put("status", status));
    }
}
