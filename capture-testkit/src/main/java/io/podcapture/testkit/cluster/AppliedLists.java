package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the lists of what is applied can be merged item by item: each item tells its key, and no key comes twice. An object
 * that is there may have one twice, if it came by a patch.
 */
final class AppliedLists {
    private final List<String> errors = new ArrayList<>();

    private AppliedLists() {}

    /** Requires it, in the words and with the status of an API server: 500, without a reason. */
    static void require(Map<String, Object> object, Map<String, Object> applied) throws ApiStatus.Refusal {
        AppliedLists lists = new AppliedLists();
        lists.check("", "", applied);
        if (lists.errors.isEmpty()) {
            return;
        }
        throw ApiStatus.unreasoned("failed to create typed patch object (" + Json.text(object, "metadata", "namespace")
                + "/" + Json.text(object, "metadata", "name") + "; " + Json.text(object, "apiVersion") + ", Kind="
                + Json.text(object, "kind") + "): "
                + (lists.errors.size() == 1 ? lists.errors.get(0) : "errors:\n  " + String.join("\n  ", lists.errors)));
    }

    private void check(String path, String name, Object value) {
        if (value instanceof Map<?, ?> map && !ListKeys.isAtomic(name)) {
            map.forEach((key, child) -> check(path + "." + key, String.valueOf(key), Objects.requireNonNull(child)));
        } else if (value instanceof List<?> list && ListKeys.isMerged(name)) {
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                Object item = Objects.requireNonNull(list.get(i));
                String fault = fault(name, item);
                if (!fault.isEmpty()) {
                    errors.add(path + ": element " + i + ": associative list with keys " + fault);
                    continue;
                }
                String step = ListKeys.step(name, item);
                if (!keys.add(step)) {
                    errors.add(path + ": duplicate entries for key " + FieldSet.word(step));
                }
                check(path + FieldSet.word(step), "", item);
            }
        }
    }

    private static String fault(String list, Object item) {
        if (item == Json.NULL) {
            return "may not have a null element";
        }
        if (!(item instanceof Map<?, ?> map)) {
            return "may not have non-map elements";
        }
        return ListKeys.missing(list, map)
                .map(key -> "has an element that omits key field \"" + key + "\" (and doesn't have default value)")
                .orElse("");
    }
}
