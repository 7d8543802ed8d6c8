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
        return index(List.of(UTF8, text), 1, () -> entries.u1(UTF8).utf(text));
    }

    int integer(int number) {
        return index(List.of(INTEGER, number), 1, () -> entries.u1(INTEGER).u4(number));
    }

    int longNumber(long number) {
        return index(
                List.of(LONG, number),
                2,
                () -> entries.u1(LONG).u4((int) (number >>> 32)).u4((int) number));
    }

    int classOf(String internalName) {
        int name = utf8(internalName);
        return index(List.of(CLASS, name), 1, () -> entries.u1(CLASS).u2(name));
    }

    int field(String owner, String name, String descriptor) {
        return member(FIELD, owner, name, descriptor);
    }

    int method(String owner, String name, String descriptor) {
        return member(METHOD, owner, name, descriptor);
    }

    private int member(int kind, String owner, String name, String descriptor) {
        int in = classOf(owner);
        int nameIndex = utf8(name);
        int type = utf8(descriptor);
        int nameAndType = index(
                List.of(NAME_AND_TYPE, nameIndex, type),
                1,
                () -> entries.u1(NAME_AND_TYPE).u2(nameIndex).u2(type));
        return index(
                List.of(kind, in, nameAndType), 1, () -> entries.u1(kind).u2(in).u2(nameAndType));
    }

    private int index(List<Object> key, int places, Runnable write) {
        Integer known = indexes.get(key);
        if (known != null) {
            return known;
        }
        write.run();
        int index = count;
        indexes.put(key, index);
        count += places;
        return index;
    }
}
