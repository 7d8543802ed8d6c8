package io.podcapture.testkit.cluster;

import io.podcapture.testkit.cluster.FieldManagers.Conflict;
import io.podcapture.testkit.cluster.FieldManagers.Manager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Server-side apply: what a manager applies is merged into the object and is its own from then on, and what it applied before
 * and does not now is gone, unless it is somebody else's too.
 */
final class ServerSideApply {
    private final Manager manager;
    private final boolean force;

    /**
     * Makes it.
     *
     * @param force whether fields of others are changed, and theirs no more
     */
    ServerSideApply(String manager, boolean force) {
        this.manager = Manager.applying(manager);
        this.force = force;
    }

    /** Returns what the object becomes: itself if nothing changes. */
    Map<String, Object> to(Map<String, Object> object, Map<String, Object> applied) throws ApiStatus.Refusal {
        Map<String, Object> wanted = OwnedFields.of(applied);
        AppliedLists.require(object, wanted);
        FieldSet fields = FieldSet.of(wanted);
        FieldManagers managers = FieldManagers.of(object);
        FieldSet changed = FieldSet.changed(object, wanted);
        List<Conflict> conflicts = managers.conflicts(manager, changed);
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
        FieldSet gone = managers.of(manager).without(fields);
        managers.take(manager, changed);
        Map<String, Object> result = Json.copy(FieldMerge.merged(object, wanted));
        FieldMerge.remove(result, gone, managers.others(manager).or(fields));
        // What has gone with an item is nobody's any more.
        managers.take(manager, FieldSet.of(OwnedFields.of(object)).absentFrom(FieldSet.of(OwnedFields.of(result))));
        String version = Json.text(object, "apiVersion");
        managers.give(manager, fields, version, managers.time(manager, Manifests.now()));
        managers.writeTo(result);
        if (!result.equals(object)) {
            managers.give(manager, fields, version, Manifests.now());
            managers.writeTo(result);
        }
        return result;
    }

    private static ApiStatus.Refusal conflict(List<Conflict> conflicts) {
        List<String> words = new ArrayList<>();
        List<Map<String, Object>> causes = new ArrayList<>();
        for (Conflict conflict : conflicts) {
            List<String> paths = conflict.fields().paths();
            words.add("conflicts with " + conflict.manager() + ":\n- " + String.join("\n- ", paths));
            for (String path : paths) {
                causes.add(Map.of(
                        "reason",
                        "FieldManagerConflict",
                        "message",
                        "conflict with " + conflict.manager(),
                        "field",
                        path));
            }
        }
        String told = causes.size() == 1
                ? "1 conflict: " + causes.get(0).get("message") + ": "
                        + causes.get(0).get("field")
                : causes.size() + " conflicts: " + String.join("\n", words);
        return ApiStatus.conflict("Apply failed with " + told, causes);
    }
}
