package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is at a place within an object of the store, which is not changed: nothing is made where nothing is. */
final class Fields {
    private Fields() {}

    private static @Nullable Object at(Map<String, Object> object, String... path) {
        Object value = object;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    static Optional<Object> find(Map<String, Object> object, String... path) {
        return Optional.ofNullable(at(object, path));
    }

    /** Returns a map; an empty one if it is not there. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> object, String... path) {
        return at(object, path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** Returns a list of objects; an empty one if it is not there. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> object, String... path) {
        return at(object, path) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    static long number(Map<String, Object> object, long otherwise, String... path) {
        return at(object, path) instanceof Number number ? number.longValue() : otherwise;
    }
}
