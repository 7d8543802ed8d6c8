package io.podcapture.testkit.cluster;

import io.podcapture.testkit.cluster.FieldManagers.Manager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strategic merge patch or a JSON merge patch by somebody who becomes the owner of what it changes. */
final class MergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String DELETE = "delete";
    private static final String REPLACE = "replace";
    private static final String RETAINED = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";

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
        if (result.containsKey("spec")) {
            PodDefaults.fillTemplate(result);
        }
        if (result.equals(object)) {
            return object;
        }
        Map<String, Object> before = OwnedFields.of(object);
        Map<String, Object> after = OwnedFields.of(result);
        FieldSet changed = FieldSet.changed(before, after);
        FieldSet gone = FieldSet.of(before).absentFrom(FieldSet.of(after));
        FieldManagers managers = FieldManagers.of(object);
        FieldSet own = managers.of(manager);
        managers.take(manager, changed.or(gone));
        managers.give(manager, own.or(changed).without(gone), Json.text(object, "apiVersion"), Manifests.now());
        managers.writeTo(result);
        return result;
    }

    private void patch(Map<String, Object> object, Map<String, Object> patch) {
        if (strategic && patch.containsKey(RETAINED)) {
            object.keySet().retainAll(Json.texts(patch, RETAINED));
        }
        if (strategic && REPLACE.equals(patch.get(DIRECTIVE))) {
            object.clear();
        }
        for (Map.Entry<String, Object> each : patch.entrySet()) {
            if (!strategic || !each.getKey().startsWith("$")) {
                patch(object, patch, each.getKey(), each.getValue());
            } else if (!isKnown(each.getKey())) {
                throw new IllegalArgumentException("the simulated cluster does not know " + each.getKey());
            }
        }
    }

    // Of an order that is told nothing is made: who tells it tells no more than that it has seen the list.
    private static boolean isKnown(String directive) {
        return directive.equals(DIRECTIVE) || directive.equals(RETAINED) || directive.startsWith(ORDER);
    }

    private void patch(Map<String, Object> object, Map<String, Object> patch, String name, Object value) {
        boolean map = value instanceof Map<?, ?>;
        if (value == Json.NULL
                || strategic && map && DELETE.equals(Json.within(patch, name).get(DIRECTIVE))) {
            object.remove(name);
        } else if (map) {
            patch(Json.within(object, name), Json.within(patch, name));
        } else if (strategic && value instanceof List<?> && ListKeys.isMerged(name)) {
            items(name, Json.list(object, name), Json.list(patch, name));
            // Objects are told without lists that are empty.
            if (Json.list(object, name).isEmpty()) {
                object.remove(name);
            }
        } else {
            object.put(name, Json.withoutNulls(value));
        }
    }

    private void items(String name, List<Map<String, Object>> items, List<Map<String, Object>> patches) {
        // An item that is but this lets the others take the place of all that are there.
        if (patches.removeIf(patch -> REPLACE.equals(patch.get(DIRECTIVE)))) {
            items.clear();
        }
        for (Map<String, Object> patch : patches) {
            String step = ListKeys.step(name, patch);
            List<Map<String, Object>> same = new ArrayList<>(items);
            same.removeIf(item -> !ListKeys.step(name, item).equals(step));
            if (DELETE.equals(patch.get(DIRECTIVE))) {
                items.removeAll(same);
                continue;
            }
            if (same.isEmpty()) {
                same.add(new LinkedHashMap<>());
                items.add(same.get(0));
            }
            patch(same.get(0), patch);
        }
    }
}
