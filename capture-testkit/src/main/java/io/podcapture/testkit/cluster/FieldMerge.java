package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts fields into an object and takes them out of it, also within the items of lists. */
final class FieldMerge {
    private FieldMerge() {}

    /** Returns an object with the fields of another one in it. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> merged(Map<String, Object> object, Map<String, Object> fields) {
        return (Map<String, Object>) merged("", object, fields);
    }

    private static Object merged(String name, Object value, Object applied) {
        if (value instanceof Map<?, ?> map && applied instanceof Map<?, ?> fields && !ListKeys.isAtomic(name)) {
            Map<String, Object> merged = new LinkedHashMap<>();
            map.forEach((key, child) -> merged.put(String.valueOf(key), Objects.requireNonNull(child)));
            fields.forEach((key, child) -> merged.merge(
                    String.valueOf(key),
                    Objects.requireNonNull(child),
                    (old, next) -> merged(String.valueOf(key), old, next)));
            return merged;
        }
        if (value instanceof List<?> list && applied instanceof List<?> items && ListKeys.isMerged(name)) {
            Map<String, Object> merged = new LinkedHashMap<>();
            list.forEach(item -> merged.put(ListKeys.step(name, Objects.requireNonNull(item)), item));
            items.forEach(item -> merged.merge(
                    ListKeys.step(name, Objects.requireNonNull(item)), item, (old, next) -> merged("", old, next)));
            return new ArrayList<>(merged.values());
        }
        return applied;
    }

    /**
     * Takes fields out of an object. An item of a list goes with all that is in it, whoever put it there by default; maps and
     * lists that become empty so go too.
     *
     * @param object may be changed
     * @param kept what stays, since it belongs to others
     */
    static void remove(Map<String, Object> object, FieldSet gone, FieldSet kept) {
        gone.children().forEach((step, below) -> {
            String name = step.substring(2);
            Object value = object.get(name);
            if (value != null && goes(name, value, below, kept.below(step))) {
                object.remove(name);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static boolean goes(String name, Object value, FieldSet gone, FieldSet kept) {
        if (gone.member() && kept.isEmpty()) {
            return true;
        }
        if (gone.children().isEmpty()) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            remove((Map<String, Object>) map, gone, kept);
            return map.isEmpty();
        }
        if (value instanceof List<?> list) {
            gone.children().forEach((step, below) -> {
                Optional<Object> item = ListKeys.find(name, list, step);
                item.filter(each -> goes("", each, below, kept.below(step))).ifPresent(list::remove);
            });
            return list.isEmpty();
        }
        return false;
    }
}
