package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON as maps, lists, texts, numbers and truth values: objects of Kubernetes without the classes of any client. */
final class Json {
    /** Stands for null: in a patch it takes a member away, in an array it is an item. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private Json() {}

    /**
     * Reads an object, without members that are null; no octets are an empty one.
     *
     * @throws tools.jackson.core.JacksonException if it is none
     */
    static Map<String, Object> read(byte[] octets) {
        Map<String, Object> object = readPatch(octets);
        dropNulls(object);
        return object;
    }

    private static void dropNulls(Object value) {
        if (value instanceof Map<?, ?> object) {
            object.values().removeIf(member -> member == NULL);
            object.values().forEach(Json::dropNulls);
        } else if (value instanceof List<?> array) {
            array.forEach(Json::dropNulls);
        }
    }

    /** Returns a value as it is without members that are null, within lists too. */
    static Object withoutNulls(Object value) {
        Object copy = copyOf(value);
        dropNulls(copy);
        return copy;
    }

    /** Reads an object, with {@link #NULL} where null is. */
    static Map<String, Object> readPatch(byte[] octets) {
        return JsonText.read(octets);
    }

    static byte[] write(Object value) {
        return JsonText.write(value);
    }

    /** Returns a copy, down to the last list, that may be changed. */
    static Map<String, Object> copy(Map<String, Object> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, member) -> copy.put(name, copyOf(member)));
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> copy = new LinkedHashMap<>();
            object.forEach((name, member) -> copy.put(String.valueOf(name), copyOf(Objects.requireNonNull(member))));
            return copy;
        }
        if (value instanceof List<?> array) {
            List<Object> copy = new ArrayList<>();
            array.forEach(member -> copy.add(copyOf(Objects.requireNonNull(member))));
            return copy;
        }
        // As a reader makes them: a number of the cluster's own equals the same number of a client.
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    /** Returns a text within an object; empty if it is not there. */
    static String text(Map<String, Object> object, String... path) {
        Object value = object;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value == null || value == NULL ? "" : value.toString();
    }

    /** Returns an object within one that may be changed, which it makes where there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> within(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }

    /** Returns a list of objects within one that may be changed, which it makes where there is none. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.computeIfAbsent(name, key -> new ArrayList<Map<String, Object>>());
    }

    /** Returns the texts of a list within an object, where null is an empty one; none if it is not there. */
    static List<String> texts(Map<String, Object> object, String name) {
        return object.get(name) instanceof List<?> list
                ? list.stream()
                        .map(item -> item == NULL ? "" : String.valueOf(item))
                        .toList()
                : List.of();
    }
}
