package io.podcapture.testkit.cluster;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, texts, numbers and truth values: objects of Kubernetes without the classes of any client. */
final class Json {
    /** Stands for null: in a patch it takes a member away, in an array it is an item. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();

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
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), octets)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : new LinkedHashMap<>();
        }
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> NULL;
        };
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((name, member) -> {
                json.writeName(String.valueOf(name));
                write(json, member);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> array) {
            json.writeStartArray();
            array.forEach(member -> write(json, member));
            json.writeEndArray();
        } else if (value == NULL) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
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
