package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {
    private static final byte[] PACKET = {0x01, (byte) 0x82, 0x03, 0x04, (byte) 0xf5, 0x06, 0x07, 0x08};

    @ParameterizedTest
    @CsvSource({
        "0x20, 1, 0x820304f5",
        "0x20, 4, 0xf5060708",
        "0x28, 6, 0x0708",
        "0x28, 4, 0xf506",
        "0x30, 7, 8",
        "0x30, 1, 0x82",
        "0x00, 0xffffffff, 0xffffffff",
        "0x80, 0, 99"
    })
    void run_loads_octetsInNetworkOrder(String code, String operand, String expected) {
        assertThat(holds(program(load(code, operand), equal(expected)))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0x20, 5",
        "0x28, 7",
        "0x30, 8",
        "0x20, 0x7fffffff",
        "0x30, 0xffffffff",
        "0x28, 0xffffffff",
        "0xb1, 8",
        "0x40, 5",
        "0x50, 0xffffffff"
    })
    void run_loadBeyondTheCaptured_rejects(String code, String operand) {
        List<Instruction> always = List.of(load(code, operand), new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));

        assertThat(holds(always)).isFalse();
    }

    @Test
    void run_indexAndOffsetBeyondThirtyTwoBits_doesNotWrapAround() {
        List<Instruction> program = List.of(
                new Instruction(Bpf.LDX | Bpf.IMM, 0, 0, -1),
                new Instruction(Bpf.LD | Bpf.B | Bpf.IND, 0, 0, 1),
                new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));

        assertThat(holds(program)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x04, 0xffffffff, 2, 1",
        "0x14, 1, 2, 0xffffffff",
        "0x24, 0x10000, 0x10001, 0x10000",
        "0x34, 0xfffffffe, 2, 0x7fffffff",
        "0x94, 0xfffffffe, 10, 4",
        "0x44, 5, 2, 7",
        "0x54, 7, 2, 2",
        "0xa4, 7, 2, 5",
        "0x64, 3, 31, 0x80000000",
        "0x64, 3, 32, 0",
        "0x64, 3, 0xffffffff, 0",
        "0x74, 0x80000000, 31, 1",
        "0x74, 0x80000000, 32, 0",
        "0x84, 1, 0, 0xffffffff"
    })
    void run_operation_isOfThirtyTwoUnsignedBits(String code, String left, String right, String expected) {
        Instruction operand = new Instruction(number(code), 0, 0, number(right));
        Instruction index = new Instruction(number(code) | Bpf.X, 0, 0, 0);
        Instruction loadIndex = new Instruction(Bpf.LDX | Bpf.IMM, 0, 0, number(right));

        assertThat(holds(program(load("0", left), operand, equal(expected)))).isTrue();
        if (!code.equals("0x84")) {
            assertThat(holds(program(load("0", left), loadIndex, index, equal(expected))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0x34", "0x3c", "0x94", "0x9c"})
    void run_divisionByZero_rejects(String code) {
        Instruction divide = new Instruction(number(code), 0, 0, 0);

        assertThat(holds(List.of(divide, new Instruction(Bpf.RET | Bpf.K, 0, 0, 1))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x15, 5, 5, true",
        "0x15, 5, 6, false",
        "0x25, 0xffffffff, 1, true",
        "0x25, 5, 5, false",
        "0x35, 5, 5, true",
        "0x35, 1, 0xffffffff, false",
        "0x45, 6, 3, true",
        "0x45, 6, 9, false"
    })
    void run_comparison_isUnsigned(String code, String left, String right, boolean expected) {
        Instruction compare = new Instruction(number(code), 0, 1, number(right));
        Instruction compareIndex = new Instruction(number(code) | Bpf.X, 0, 1, 0);
        Instruction yes = new Instruction(Bpf.RET | Bpf.K, 0, 0, 1);
        Instruction no = new Instruction(Bpf.RET | Bpf.K, 0, 0, 0);

        assertThat(holds(List.of(load("0", left), compare, yes, no))).isEqualTo(expected);
        assertThat(holds(List.of(load("0", left), load("1", right), compareIndex, yes, no)))
                .isEqualTo(expected);
    }

    @Test
    void run_registersAndScratch_keepWhatIsPutThere() {
        List<Instruction> program = program(
                load("0xb1", "4"),
                new Instruction(Bpf.STX, 0, 0, 15),
                new Instruction(Bpf.LD | Bpf.MEM, 0, 0, 15),
                new Instruction(Bpf.ST, 0, 0, 3),
                new Instruction(Bpf.MISC | Bpf.TAX, 0, 0, 0),
                load("0", "0"),
                new Instruction(Bpf.LDX | Bpf.MEM, 0, 0, 3),
                new Instruction(Bpf.MISC | Bpf.TXA, 0, 0, 0),
                equal("20"));

        assertThat(holds(program)).isTrue();
    }

    @Test
    void run_scratchOfThePacketBefore_isZeroAgain() {
        Interpreter interpreter = new Interpreter(List.of(
                new Instruction(Bpf.LD | Bpf.MEM, 0, 0, 2),
                new Instruction(Bpf.JMP | Bpf.JEQ | Bpf.K, 0, 3, 0),
                load("0", "7"),
                new Instruction(Bpf.ST, 0, 0, 2),
                new Instruction(Bpf.RET | Bpf.K, 0, 0, 1),
                new Instruction(Bpf.RET | Bpf.K, 0, 0, 0)));

        assertThat(interpreter.matches(ByteBuffer.wrap(PACKET), 0, 8, 99)).isTrue();
        assertThat(interpreter.matches(ByteBuffer.wrap(PACKET), 0, 8, 99)).isTrue();
    }

    @Test
    void run_jumpsBackForEver_rejects() {
        List<Instruction> program = List.of(
                load("0x30", "0"),
                new Instruction(Bpf.JMP | Bpf.JA, 0, 0, -2),
                new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));

        assertThat(holds(program)).isFalse();
    }

    @Test
    void run_longJump_landsBehindIt() {
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(Bpf.JMP | Bpf.JEQ | Bpf.K, 1000, 0, 0));
        IntStream.range(0, 1000).forEach(i -> program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0)));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));

        assertThat(holds(program)).isTrue();
    }

    @Test
    void matches_packetWithinABuffer_looksAtNothingElse() {
        Interpreter interpreter = new Interpreter(program(load("0x30", "1"), equal("4")));
        ByteBuffer octets = ByteBuffer.wrap(PACKET);

        assertThat(interpreter.matches(octets, 2, 2, 99)).isTrue();
        assertThat(interpreter.matches(octets, 2, 1, 99)).isFalse();
        assertThat(octets.position()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0x20, 0, 0, 0",
        "0x05, 0, 0, 1",
        "0x05, 0, 0, -2",
        "0x15, 1, 0, 0",
        "0x15, 0, 1, 0",
        "0x02, 0, 0, 16",
        "0xff, 0, 0, 0",
        "0x15, -1, 0, 0"
    })
    void constructor_programThatCannotRun_isRefused(String code, int jumpTrue, int jumpFalse, int operand) {
        Instruction wrong = new Instruction(number(code), jumpTrue, jumpFalse, operand);
        List<Instruction> program =
                number(code) == 0x20 ? List.of(wrong) : List.of(wrong, new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));

        assertThatThrownBy(() -> new Interpreter(program)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean holds(List<Instruction> program) {
        return new Interpreter(program).matches(ByteBuffer.wrap(PACKET), 0, PACKET.length, 99);
    }

    private static Instruction load(String code, String operand) {
        return new Instruction(number(code), 0, 0, number(operand));
    }

    /** Skips what rejects if the accumulator holds the number. */
    private static Instruction equal(String number) {
        return new Instruction(Bpf.JMP | Bpf.JEQ | Bpf.K, 1, 0, number(number));
    }

    private static List<Instruction> program(Instruction... instructions) {
        List<Instruction> program = new ArrayList<>(List.of(instructions));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));
        return program;
    }

    private static int number(String text) {
        return (int) (long) Long.decode(text);
    }
}
