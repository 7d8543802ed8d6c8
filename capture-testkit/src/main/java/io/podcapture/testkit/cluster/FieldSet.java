package io.podcapture.testkit.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fields of an object, as {@code managedFields} have them: a tree whose steps are {@code f:NAME} and, for the items of a merged
 * list, {@code k:KEY}. Immutable.
 *
 * @param member whether the place itself is among them: a value, or an item of a list
 * @param children by their steps
 */
record FieldSet(boolean member, Map<String, FieldSet> children) {
    static final FieldSet NONE = new FieldSet(false, Map.of());
    private static final FieldSet VALUE = new FieldSet(true, Map.of());

    private interface Joining {
        boolean of(boolean first, boolean second);
    }

    /** Returns all fields of an object. */
    static FieldSet of(Map<String, Object> object) {
        return object.isEmpty() ? NONE : of("", object);
    }

    private static FieldSet of(String name, Object value) {
        Map<String, FieldSet> children = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map && !ListKeys.isAtomic(name)) {
            map.forEach(
                    (key, child) -> children.put("f:" + key, of(String.valueOf(key), Objects.requireNonNull(child))));
        } else if (value instanceof List<?> list && ListKeys.isMerged(name)) {
            list.forEach(item -> children.put(
                    ListKeys.step(name, Objects.requireNonNull(item)),
                    new FieldSet(true, of("", item).children())));
        }
        return children.isEmpty() ? VALUE : new FieldSet(false, children);
    }

    /** Returns the fields of the second object whose values are not those of the first. */
    static FieldSet changed(Map<String, Object> first, Map<String, Object> second) {
        return second.isEmpty() ? NONE : changed("", first, second);
    }

    private static FieldSet changed(String name, Object first, Object second) {
        if (first.equals(second)) {
            return NONE;
        }
        Map<String, FieldSet> children = new LinkedHashMap<>();
        if (first instanceof Map<?, ?> before && second instanceof Map<?, ?> after && !ListKeys.isAtomic(name)) {
            after.forEach((key, value) -> {
                Object other = before.get(key);
                String child = String.valueOf(key);
                Object known = Objects.requireNonNull(value);
                children.put("f:" + key, other == null ? of(child, known) : changed(child, other, known));
            });
        } else if (first instanceof List<?> before && second instanceof List<?> after && ListKeys.isMerged(name)) {
            for (Object item : after) {
                String step = ListKeys.step(name, Objects.requireNonNull(item));
                children.put(
                        step,
                        ListKeys.find(name, before, step)
                                .map(other -> changed("", other, item))
                                .orElseGet(() -> new FieldSet(true, of("", item).children())));
            }
        } else {
            return new FieldSet(true, of(name, second).children());
        }
        return new FieldSet(false, children).pruned();
    }

    /** Reads the form of {@code fieldsV1}. */
    static FieldSet read(Map<String, Object> fields) {
        Map<String, FieldSet> children = new LinkedHashMap<>();
        fields.forEach((step, below) -> {
            if (!step.equals(".")) {
                children.put(step, read(Json.within(fields, step)));
            }
        });
        return new FieldSet(children.isEmpty() || fields.containsKey("."), children);
    }

    /** Returns it in the form of {@code fieldsV1}. */
    Map<String, Object> write() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (member && !children.isEmpty()) {
            fields.put(".", Map.of());
        }
        children.forEach((step, below) -> fields.put(step, below.write()));
        return fields;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /** Returns what is behind a step. */
    FieldSet below(String step) {
        return children.getOrDefault(step, NONE);
    }

    FieldSet and(FieldSet other) {
        return joined(other, (here, there) -> here && there);
    }

    FieldSet or(FieldSet other) {
        return joined(other, (here, there) -> here || there);
    }

    FieldSet without(FieldSet other) {
        return joined(other, (here, there) -> here && !there);
    }

    /** Returns those whose places another set does not have at all: a map that was empty and is not now, is still there. */
    FieldSet absentFrom(FieldSet other) {
        Map<String, FieldSet> absent = new LinkedHashMap<>();
        children.forEach((step, below) -> {
            FieldSet there = other.children.get(step);
            absent.put(step, there == null ? below : below.absentFrom(there));
        });
        return new FieldSet(false, absent).pruned();
    }

    private FieldSet joined(FieldSet other, Joining joining) {
        Map<String, FieldSet> joined = new LinkedHashMap<>();
        children.forEach((step, below) -> joined.put(step, below.joined(other.below(step), joining)));
        other.children.forEach((step, below) -> joined.computeIfAbsent(step, key -> NONE.joined(below, joining)));
        return new FieldSet(joining.of(member, other.member), joined).pruned();
    }

    private FieldSet pruned() {
        Map<String, FieldSet> left = new LinkedHashMap<>(children);
        left.values().removeIf(FieldSet::isEmpty);
        return new FieldSet(member, left);
    }

    /** Returns the fields in the words of a conflict: {@code .spec.template.spec.containers[name="app"].image}. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String path, List<String> paths) {
        if (member) {
            paths.add(path);
        }
        children.forEach((step, below) -> below.collect(path + word(step), paths));
    }

    /** Returns a step in the words of a conflict. */
    static String word(String step) {
        if (step.startsWith("f:")) {
            return "." + step.substring(2);
        }
        List<String> words = new ArrayList<>();
        Json.read(step.substring(2).getBytes(StandardCharsets.UTF_8))
                .forEach((name, value) ->
                        words.add(name + "=" + (value instanceof String ? "\"" + value + '"' : value)));
        return "[" + String.join(",", words) + "]";
    }
}
