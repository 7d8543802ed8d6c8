package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Collections;
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
            return merged(name, list, items);
        }
        return applied;
    }

    // A key that is there twice stays so, until it is applied: then all of its items are that one.
    private static List<Object> merged(String name, List<?> list, List<?> items) {
        Map<String, Object> news = new LinkedHashMap<>();
        items.forEach(item -> news.put(ListKeys.step(name, Objects.requireNonNull(item)), item));
        List<String> steps = new ArrayList<>();
        list.forEach(item -> steps.add(ListKeys.step(name, Objects.requireNonNull(item))));
        List<Object> merged = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            Object old = Objects.requireNonNull(list.get(i));
            Object next = news.get(step);
            boolean twice = Collections.frequency(steps, step) > 1;
            if (next == null) {
                merged.add(old);
            } else if (steps.indexOf(step) == i) {
                merged.add(twice ? next : merged("", old, next));
            }
        }
        news.forEach((step, item) -> {
            if (!steps.contains(step)) {
                merged.add(item);
            }
        });
        return merged;
    }

    /**
     * Takes fields out of an object. An item of a list that nobody else owns goes with all that is in it, whoever put it there:
     * what is left of it would have no key. Maps and lists that become empty so go too, unless somebody else owns them.
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
            return map.isEmpty() && kept.isEmpty();
        }
        if (value instanceof List<?> list) {
            gone.children().forEach((step, below) -> {
                FieldSet stays = kept.below(step);
                Optional<Object> item = ListKeys.find(name, list, step);
                item.filter(each -> below.member() && !stays.member() || goes("", each, below, stays))
                        .ifPresent(list::remove);
            });
            return list.isEmpty() && kept.isEmpty();
        }
        return false;
    }
}
