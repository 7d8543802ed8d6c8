package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledFilterTest {
    private static final byte[] PACKET = HexFormat.of().parseHex("4500ff8180000000fffffffe0102030405");
    private static final int ORIGINAL_LENGTH = 1_500;

    /** The accumulator after the code, with A 7, X 3 and the third word 0xffffff00 before. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ld [4],          20, 4,          80000000",
        "ldh [2],         28, 2,          ff81",
        "ldb [3],         30, 3,          81",
        "ld [x + 1],      40, 1,          80000000",
        "ldh [x + 0],     48, 0,          8180",
        "ldb [x + 13],    50, 13,         5",
        "ld len,          80, 0,          5dc",
        "ld #,            00, 2147483648, 80000000",
        "ld M[2],         60, 2,          ffffff00",
        "add #,           04, 4294967295, 6",
        "add x,           0c, 0,          a",
        "sub #,           14, 8,          ffffffff",
        "sub x,           1c, 0,          4",
        "mul #,           24, 2147483649, 80000007",
        "mul x,           2c, 0,          15",
        "div #,           34, 2,          3",
        "div x,           3c, 0,          2",
        "or #,            44, 2147483648, 80000007",
        "or x,            4c, 0,          7",
        "and #,           54, 6,          6",
        "and x,           5c, 0,          3",
        "lsh #,           64, 31,         80000000",
        "lsh x,           6c, 0,          38",
        "rsh #,           74, 1,          3",
        "rsh x,           7c, 0,          0",
        "neg,             84, 0,          fffffff9",
        "mod #,           94, 4,          3",
        "mod x,           9c, 0,          1",
        "xor #,           a4, 4294967295, fffffff8",
        "xor x,           ac, 0,          4",
        "txa,             87, 0,          3",
        "tax,             07, 0,          7",
        "st M[2],         02, 2,          7",
        "stx M[2],        03, 2,          7",
    })
    void matches_instruction_changesAccumulator(String name, String code, long operand, String expected) {
        assertAccumulator(expected, instruction(code, operand));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ldx #,            01, 2147483648, 80000000",
        "ldx M[2],         61, 2,          ffffff00",
        "ldx len,          81, 0,          5dc",
        "ldx 4*([0]&0xf),  b1, 0,          14",
        "tax,              07, 0,          7"
    })
    void matches_instruction_changesIndex(String name, String code, long operand, String expected) {
        assertAccumulator(expected, instruction(code, operand), instruction("87", 0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"st, 02, 7", "stx, 03, 3"})
    void matches_store_changesWord(String name, String code, String expected) {
        assertAccumulator(expected, instruction(code, 15), instruction("00", 9), instruction("60", 15));
    }

    @ParameterizedTest(name = "A {1} x {2} at A = {3}, X = {4}")
    @CsvSource({
        "15, jeq #,  5,          5,          0, true",
        "15, jeq #,  5,          6,          5, false",
        "25, jgt #,  5,          4294967295, 0, true",
        "25, jgt #,  4294967295, 5,          0, false",
        "25, jgt #,  5,          5,          0, false",
        "35, jge #,  2147483648, 2147483647, 0, false",
        "35, jge #,  2147483647, 2147483648, 0, true",
        "35, jge #,  5,          5,          0, true",
        "45, jset #, 2147483648, 4294967295, 0, true",
        "45, jset #, 2147483648, 2147483647, 0, false",
        "1d, jeq x,  5,          6,          6, true",
        "1d, jeq x,  6,          6,          5, false",
        "2d, jgt x,  0,          4294967295, 1, true",
        "2d, jgt x,  0,          1, 4294967295, false",
        "3d, jge x,  0,          7,          7, true",
        "3d, jge x,  0,          7, 4294967295, false",
        "4d, jset x, 0,          12,         4, true",
        "4d, jset x, 4,          12,         3, false"
    })
    void matches_jump_isTakenIfTheComparisonHolds(
            String code, String name, long operand, long a, long x, boolean expected) {
        List<Instruction> compare =
                List.of(new Instruction(Integer.parseInt(code, 16), 1, 0, (int) operand), ret(0), ret(1));
        List<Instruction> known = new ArrayList<>(List.of(instruction("01", x), instruction("00", a)));
        known.addAll(compare);
        byte[] loaded = ByteBuffer.allocate(8).putInt((int) a).putInt((int) x).array();
        List<Instruction> unknown =
                new ArrayList<>(List.of(instruction("20", 4), instruction("07", 0), instruction("20", 0)));
        unknown.addAll(compare);

        assertThat(matches(known, PACKET, PACKET.length)).isEqualTo(expected);
        assertThat(matches(unknown, loaded, loaded.length)).isEqualTo(expected);
    }

    @Test
    void matches_jumpAlways_skips() {
        assertThat(matches(List.of(new Instruction(0x05, 0, 0, 1), ret(0), ret(1)), PACKET, 0))
                .isTrue();
    }

    @Test
    void matches_returnOfAccumulator_isWhetherItIsNotZero() {
        assertThat(matches(List.of(instruction("30", 0), instruction("16", 0)), PACKET, 1))
                .isTrue();
        assertThat(matches(List.of(instruction("30", 1), instruction("16", 0)), PACKET, 2))
                .isFalse();
        assertThat(matches(List.of(instruction("16", 0)), PACKET, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"20, 4", "28, 2", "30, 1", "40, 4", "48, 2", "50, 1", "b1, 1"})
    void matches_loadBeyondWhatIsCaptured_rejects(String code, int octets) {
        List<Instruction> unused = List.of(instruction("01", 4), instruction(code, 3), ret(1));
        int end = 3 + octets + (Integer.parseInt(code, 16) >= 0x40 && !code.equals("b1") ? 4 : 0);

        assertThat(matches(unused, PACKET, end)).isTrue();
        assertThat(matches(unused, PACKET, end - 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "48", "50"})
    void matches_indexAndOffsetOverflow_rejects(String code) {
        for (long index : List.of(0xffff_ffffL, 0x8000_0000L, 0x7fff_ffffL)) {
            byte[] packet = ByteBuffer.allocate(8).putInt((int) index).array();
            for (long offset : List.of(1L, 3L, 0x8000_0000L, 0x8000_0001L, 0xffff_ffffL)) {
                List<Instruction> loaded =
                        List.of(instruction("20", 0), instruction("07", 0), instruction(code, offset), ret(1));
                List<Instruction> known = List.of(instruction("01", index), instruction(code, offset), ret(1));

                assertThat(matches(loaded, packet, 8)).isFalse();
                assertThat(matches(known, packet, 8)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "28", "30", "b1"})
    void matches_offsetAbove31Bits_rejects(String code) {
        assertThat(matches(List.of(instruction(code, 0xffff_ffffL), ret(1)), PACKET, PACKET.length))
                .isFalse();
        assertThat(matches(List.of(instruction(code, 0x7fff_ffffL), ret(1)), PACKET, PACKET.length))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3c", "9c"})
    void matches_divisionByZero_rejectsThoughItIsNotUsed(String code) {
        List<Instruction> program = List.of(instruction("30", 1), instruction("07", 0), instruction(code, 0), ret(1));

        assertThat(matches(program, new byte[] {0, 1}, 2)).isTrue();
        assertThat(matches(program, new byte[] {1, 0}, 2)).isFalse();
        assertThat(matches(List.of(instruction(code, 0), ret(1)), PACKET, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"6c, 31, 80000000", "6c, 32, 0", "6c, 33, 0", "7c, 31, 1", "7c, 32, 0", "7c, 64, 0"})
    void matches_shiftByIndex_isZeroFrom32(String code, int by, String expected) {
        byte[] packet = ByteBuffer.allocate(8).putInt(-1).putInt(by).array();
        List<Instruction> program = result(
                expected, instruction("20", 4), instruction("07", 0), instruction("20", 0), instruction(code, 0));

        assertThat(matches(program, packet, 8)).isTrue();
        packet[7] = -1;
        packet[4] = -1;
        assertThat(matches(result("0", program.subList(0, 4).toArray(new Instruction[0])), packet, 8))
                .isTrue();
    }

    @Test
    void matches_readOnlyAndLittleWindows_changesNothing() {
        ByteBuffer octets = ByteBuffer.allocateDirect(20).position(3).limit(18);
        octets.put(4, (byte) 7);
        Matcher matcher = CompiledFilter.of(List.of(instruction("30", 1), instruction("16", 0)));

        assertThat(matcher.matches(octets.asReadOnlyBuffer(), 3, 2, 2)).isTrue();
        assertThat(matcher.matches(octets, 3, 2, 2)).isTrue();
        assertThat(octets.position()).isEqualTo(3);
        assertThat(octets.limit()).isEqualTo(18);
    }

    @Test
    void of_program_isHiddenClassThatIsUnloaded() throws InterruptedException {
        Matcher matcher = CompiledFilter.of(List.of(ret(1)));
        assertThat(matcher.getClass().isHidden()).isTrue();
        WeakReference<Class<?>> unloaded = new WeakReference<>(matcher.getClass());

        matcher = null;
        for (int i = 0; i < 100 && unloaded.get() != null; i++) {
            System.gc();
        }

        assertThat(unloaded.get()).isNull();
        assertThat(matcher).isNull();
    }

    @Test
    void of_jumpBack_isInterpreted() {
        List<Instruction> program =
                List.of(new Instruction(0x05, 0, 0, 1), ret(1), new Instruction(0x05, 0, 0, -2), ret(0));

        Matcher matcher = CompiledFilter.of(program);

        assertThat(matcher).isInstanceOf(Interpreter.class);
    }

    @Test
    void of_jumpOutOfTheProgram_isRefused() {
        assertThatThrownBy(() -> CompiledFilter.of(List.of(new Instruction(0x15, 1, 0, 1), ret(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void matches_manyPackets_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Matcher matcher = CompiledFilter.of(HostPrograms.unordered(300));
        ByteBuffer octets = HostPrograms.packet(0x800, 5, 301);
        allocated(threads, matcher, octets);

        assertThat(allocated(threads, matcher, octets)).isLessThan(1_000);
    }

    private static long allocated(ThreadMXBean threads, Matcher matcher, ByteBuffer octets) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            matcher.matches(octets, 0, octets.capacity(), i);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertAccumulator(String expected, Instruction... tested) {
        List<Instruction> all = new ArrayList<>(List.of(
                instruction("00", 0xffff_ff00L), instruction("02", 2), instruction("01", 3), instruction("00", 7)));
        all.addAll(Arrays.asList(tested));
        Instruction[] code = all.toArray(new Instruction[0]);

        assertThat(matches(result(expected, code), PACKET, PACKET.length)).isTrue();
        assertThat(matches(result("12345678", code), PACKET, PACKET.length)).isFalse();
        // The same with numbers that are not known when it is compiled.
        byte[] loaded = Arrays.copyOf(PACKET, PACKET.length + 8);
        ByteBuffer.wrap(loaded).putInt(PACKET.length, 7).putInt(PACKET.length + 4, 3);
        all.set(2, instruction("20", PACKET.length + 4));
        all.set(3, instruction("07", 0));
        all.add(4, instruction("20", PACKET.length));
        code = all.toArray(new Instruction[0]);
        assertThat(matches(result(expected, code), loaded, loaded.length)).isTrue();
        assertThat(matches(result("12345678", code), loaded, loaded.length)).isFalse();
    }

    /** A program that accepts if A is a number in the end. */
    private static List<Instruction> result(String expected, Instruction... code) {
        List<Instruction> program = new ArrayList<>(Arrays.asList(code));
        program.add(new Instruction(0x15, 0, 1, Integer.parseUnsignedInt(expected, 16)));
        program.add(ret(1));
        program.add(ret(0));
        return program;
    }

    private static Instruction instruction(String code, long operand) {
        return new Instruction(Integer.parseInt(code, 16), 0, 0, (int) operand);
    }

    private static Instruction ret(int number) {
        return new Instruction(0x06, 0, 0, number);
    }

    private static boolean matches(List<Instruction> program, byte[] packet, int captured) {
        ByteBuffer octets = ByteBuffer.wrap(packet);
        Matcher compiled = CompiledFilter.of(program);
        assertThat(compiled.getClass().isHidden()).isTrue();
        boolean matches = compiled.matches(octets, 0, captured, ORIGINAL_LENGTH);
        assertThat(new Interpreter(program).matches(octets, 0, captured, ORIGINAL_LENGTH))
                .isEqualTo(matches);
        return matches;
    }
}
