package io.podcapture.testkit.cluster;

import io.podcapture.testkit.cluster.FieldManagers.Manager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A strategic merge patch or a JSON merge patch by somebody who becomes the owner of what it changes. */
final class MergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAINED = "$retainKeys";

    private final Manager manager;
    private final boolean strategic;

    /**
     * Makes it.
     *
     * @param strategic whether lists are merged item by item; else a list takes another one's place
     */
    MergePatch(String manager, boolean strategic) {
        this.manager = Manager.changing(manager);
        this.strategic = strategic;
    }

    /** Returns what the object becomes: itself if nothing changes. */
    Map<String, Object> to(Map<String, Object> object, Map<String, Object> patch) {
        Map<String, Object> result = Json.copy(object);
        patch(result, OwnedFields.of(patch));
        if (result.equals(object)) {
            return object;
        }
        Map<String, Object> before = OwnedFields.of(object);
        Map<String, Object> after = OwnedFields.of(result);
        FieldSet changed = FieldSet.changed(before, after);
        FieldSet gone = FieldSet.of(before).without(FieldSet.of(after));
        FieldManagers managers = FieldManagers.of(object);
        FieldSet own = managers.of(manager);
        managers.take(manager, changed.or(gone));
        managers.give(manager, own.or(changed).without(gone), Json.text(object, "apiVersion"), Manifests.now());
        managers.writeTo(result);
        return result;
    }

    private void patch(Map<String, Object> object, Map<String, Object> patch) {
        List<String> retained = Json.texts(patch, RETAINED);
        if (!retained.isEmpty()) {
            object.keySet().retainAll(retained);
        }
        patch.forEach((name, value) -> {
            if (value == Json.NULL) {
                object.remove(name);
            } else if (value instanceof Map<?, ?>) {
                patch(Json.within(object, name), Json.within(patch, name));
            } else if (strategic && value instanceof List<?> && ListKeys.isMerged(name)) {
                items(name, Json.list(object, name), Json.list(patch, name));
                // Objects are told without lists that are empty.
                if (Json.list(object, name).isEmpty()) {
                    object.remove(name);
                }
            } else if (!name.equals(RETAINED)) {
                object.put(name, value);
            }
        });
    }

    private void items(String name, List<Map<String, Object>> items, List<Map<String, Object>> patches) {
        for (Map<String, Object> patch : patches) {
            String step = ListKeys.step(name, patch);
            List<Map<String, Object>> same = new ArrayList<>(items);
            same.removeIf(item -> !ListKeys.step(name, item).equals(step));
            if ("delete".equals(patch.get(DIRECTIVE))) {
                items.removeAll(same);
            } else if (same.isEmpty()) {
                items.add(patch);
            } else {
                patch(same.get(0), patch);
            }
        }
    }
}
