package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constants of a class file, each once. Source: The Java Virtual Machine Specification, 4.4 "The Constant Pool". */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int LONG = 5;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private final Map<List<Object>, Integer> indexes = new HashMap<>();
    private final Octets entries = new Octets();
    private int count = 1;

    /** {@return one more than the largest index, which must be within 16 bits} */
    int count() {
        return count;
    }

    Octets entries() {
        return entries;
    }

    int utf8(String text) {
        List<Object> key = List.of(UTF8, text);
        if (!indexes.containsKey(key)) {
            entries.u1(UTF8).utf(text);
            add(key, 1);
        }
        return at(key);
    }

    int integer(int number) {
        List<Object> key = List.of(INTEGER, number);
        if (!indexes.containsKey(key)) {
            entries.u1(INTEGER).u4(number);
            add(key, 1);
        }
        return at(key);
    }

    int longNumber(long number) {
        List<Object> key = List.of(LONG, number);
        if (!indexes.containsKey(key)) {
            entries.u1(LONG).u4((int) (number >>> 32)).u4((int) number);
            add(key, 2);
        }
        return at(key);
    }

    int classOf(String internalName) {
        return ofIndexes(CLASS, utf8(internalName));
    }

    int field(String owner, String name, String descriptor) {
        return ofIndexes(FIELD, classOf(owner), ofIndexes(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
    }

    int method(String owner, String name, String descriptor) {
        return ofIndexes(METHOD, classOf(owner), ofIndexes(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
    }

    /** What consists of one index, or of two. */
    private int ofIndexes(int kind, int... parts) {
        List<Object> key = parts.length == 1 ? List.of(kind, parts[0]) : List.of(kind, parts[0], parts[1]);
        if (!indexes.containsKey(key)) {
            entries.u1(kind);
            for (int part : parts) {
                entries.u2(part);
            }
            add(key, 1);
        }
        return at(key);
    }

    private void add(List<Object> key, int places) {
        indexes.put(key, count);
        count += places;
    }

    private int at(List<Object> key) {
        return indexes.getOrDefault(key, 0);
    }
}
