package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodCodeTest {
    private static final int[] NUMBERS = {
        -2,
        -1,
        0,
        5,
        6,
        127,
        128,
        -128,
        -129,
        32_767,
        32_768,
        -32_768,
        -32_769,
        65_535,
        65_536,
        0x1234_7fff,
        0x1234_8000,
        0x1234_ffff,
        0x1235_0000,
        0xffff_7fff,
        0xffff_8000,
        0x7fff_7fff,
        0x7fff_8000,
        0x7fff_ffff,
        0x8000_0000,
        0x8000_8000
    };

    /** Few constants, more than one octet counts, and so many that numbers are put together from halves. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300, 50_001})
    void push_anyNumber_isThatNumber(int otherConstants) throws Throwable {
        MethodHandle pushed = pushing(otherConstants);

        for (int i = 0; i < NUMBERS.length; i++) {
            assertThat((int) pushed.invokeExact(i)).isEqualTo(NUMBERS[i]);
        }
    }

    /** A method that is given an index of the numbers and returns what is there. */
    private static MethodHandle pushing(int otherConstants) throws ReflectiveOperationException {
        ConstantPool pool = new ConstantPool();
        int name = pool.classOf(FilterMethods.NAME);
        int parent = pool.classOf("java/lang/Object");
        for (int i = 0; i < otherConstants; i++) {
            pool.integer(1_000_000 + i);
        }
        MethodCode code = new MethodCode(pool);
        List<MethodCode.Label> labels = new ArrayList<>();
        for (int i = 0; i < NUMBERS.length; i++) {
            labels.add(new MethodCode.Label());
        }
        code.local(Opcodes.ILOAD, 0);
        code.tableSwitch(labels, labels.get(0));
        for (int i = 0; i < NUMBERS.length; i++) {
            code.bind(labels.get(i));
            code.push(NUMBERS[i]);
            code.simple(Opcodes.IRETURN);
        }
        Octets method =
                new Octets().u2(0x09).u2(pool.utf8("at")).u2(pool.utf8("(I)I")).u2(1);
        code.writeTo(method, List.of(), 1, 1);
        Octets file = new Octets().u4(0xcafebabe).u4(61).u2(pool.count()).all(pool.entries());
        file.u2(0x1030).u2(name).u2(parent).u2(0).u2(0).u2(1).all(method).u2(0);
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Class<?> hidden = lookup.defineHiddenClass(file.toArray(), true).lookupClass();
        return lookup.findStatic(hidden, "at", MethodType.methodType(int.class, int.class));
    }
}
