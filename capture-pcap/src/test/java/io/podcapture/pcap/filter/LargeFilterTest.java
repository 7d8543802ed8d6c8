package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFilterTest {
    /** What HotSpot still compiles. */
    private static final int MOST_OCTETS = 8_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 200, 450, 2_000, 20_000})
    void matches_hostsInAnyOrder_isWhatTheInterpreterSays(int hosts) {
        for (List<Instruction> program : List.of(HostPrograms.ordered(hosts), HostPrograms.unordered(hosts))) {
            Matcher compiled = CompiledFilter.of(program);
            Matcher interpreter = new Interpreter(program);
            assertThat(compiled.getClass().isHidden()).isTrue();
            for (int protocol : new int[] {0x800, 0x806, 0x8035, 0x86dd}) {
                for (int host : new int[] {0, 1, 2, hosts / 2, hosts - 1, hosts, hosts + 1}) {
                    for (int other : new int[] {0, 1, hosts}) {
                        agree(interpreter, compiled, HostPrograms.packet(protocol, host, other));
                        agree(interpreter, compiled, HostPrograms.packet(protocol, other, host));
                    }
                }
            }
        }
    }

    @Test
    void matches_eachOfManyHosts_isTrueForThemAlone() {
        Matcher compiled = CompiledFilter.of(HostPrograms.unordered(5_000));

        for (int host = 0; host <= 5_001; host++) {
            boolean member = host >= 1 && host <= 5_000;
            ByteBuffer from = HostPrograms.packet(0x800, host, 0);
            ByteBuffer to = HostPrograms.packet(0x806, 0, host);
            assertThat(compiled.matches(from, 0, 60, 60)).isEqualTo(member);
            assertThat(compiled.matches(to, 0, 60, 60)).isEqualTo(member);
        }
    }

    @Test
    void of_hosts_takesNoMoreCodeForMoreOfThem() {
        List<Integer> few = MethodSizes.of(file(HostPrograms.unordered(100)));
        List<Integer> many = MethodSizes.of(file(HostPrograms.unordered(5_000)));

        assertThat(few).hasSize(2);
        assertThat(many).hasSize(2);
        assertThat(many.get(1)).isLessThan(few.get(1) + 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 65_000})
    void matches_testsThatCannotBeGathered_isSplitIntoMethodsThatAreCompiled(int tests) {
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, 0));
        Random random = new Random(20_240_229);
        for (int i = 1; i <= tests; i++) {
            int onward = Math.min(1 + random.nextInt(3), tests - i);
            int whenTrue = i % 50 == 0 ? tests - i + 1 : i % 71 == 0 ? tests - i : onward;
            program.add(new Instruction(Bpf.JMP | Bpf.JSET, whenTrue, 0, random.nextInt()));
        }
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));
        Matcher interpreter = new Interpreter(program);
        Matcher compiled = CompiledFilter.of(program);

        assertThat(compiled.getClass().isHidden()).isTrue();
        assertThat(MethodSizes.of(file(program))).hasSizeGreaterThan(2).allMatch(size -> size < MOST_OCTETS);
        for (int i = 0; i < 200; i++) {
            agree(interpreter, compiled, ByteBuffer.allocate(4).putInt(0, random.nextInt() & random.nextInt()));
            agree(interpreter, compiled, ByteBuffer.allocate(4).putInt(0, i == 0 ? 0 : 1 << i));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void matches_eachNumberToItsOwnEnd_isSplit(boolean calculated) {
        int tests = 3_000;
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, 0));
        if (calculated) {
            program.add(new Instruction(Bpf.JMP | Bpf.JGT, 0, 1, 0x1_0000));
            program.add(new Instruction(Bpf.ALU | Bpf.SUB, 0, 0, 0x1_0000));
        }
        for (int i = 0; i < tests; i++) {
            program.add(new Instruction(Bpf.JMP | Bpf.JEQ, tests - i + i, 0, i * 7));
        }
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        for (int i = 0; i < tests; i++) {
            program.add(new Instruction(Bpf.LD | Bpf.B | Bpf.ABS, 0, 0, i % 50));
        }
        program.add(new Instruction(Bpf.RET | Bpf.A, 0, 0, 0));
        Matcher interpreter = new Interpreter(program);
        Matcher compiled = CompiledFilter.of(program);

        assertThat(compiled.getClass().isHidden()).isTrue();
        assertThat(MethodSizes.of(file(program))).hasSizeGreaterThan(2).allMatch(size -> size < MOST_OCTETS);
        for (int i = 0; i < tests; i++) {
            for (int beside = -1; beside <= 1; beside++) {
                agree(
                        interpreter,
                        compiled,
                        ByteBuffer.allocate(60).putInt(0, 7 * i + beside).put(49, (byte) (i % 2)));
            }
        }
    }

    @Test
    void matches_moreNumbersThanAClassHolds_isWhatTheInterpreterSays() {
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, 0));
        int tests = 70_000;
        for (int i = 0; i < tests; i++) {
            program.add(new Instruction(Bpf.JMP | Bpf.JSET, i + 1 < tests ? 1 : 0, 0, 1_000_003 * i));
        }
        for (int number : new int[] {0x1234_ffff, 0x1234_7fff, 0xffff_8000}) {
            program.add(new Instruction(Bpf.JMP | Bpf.JEQ, 0, 1, number));
            program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));
        }
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        Matcher interpreter = new Interpreter(program);
        Matcher compiled = CompiledFilter.of(program);

        assertThat(compiled.getClass().isHidden()).isTrue();
        for (int near : new int[] {0x1234_ffff, 0x1234_8000, 0x1234_7fff, 0xffff_8000, 0x1233_ffff, 0x1233_8000}) {
            agree(interpreter, compiled, ByteBuffer.allocate(4).putInt(0, near));
        }
    }

    @Test
    void matches_longCalculation_isSplit() {
        List<Instruction> program = calculation(10_000);
        Matcher compiled = CompiledFilter.of(program);

        assertThat(compiled.getClass().isHidden()).isTrue();
        assertThat(MethodSizes.of(file(program))).hasSizeGreaterThan(10).allMatch(size -> size < MOST_OCTETS);
        assertThat(compiled.matches(ByteBuffer.allocate(4).putInt(0, 5), 0, 4, 4))
                .isTrue();
        assertThat(compiled.matches(ByteBuffer.allocate(4).putInt(0, 6), 0, 4, 4))
                .isFalse();
    }

    @Test
    void of_calculationThatTakesTooMuchOfTheStack_isInterpreted() {
        assertThat(CompiledFilter.of(calculation(40_000))).isInstanceOf(Interpreter.class);
    }

    /** Accepts a packet that begins with the number 5. */
    private static List<Instruction> calculation(int operations) {
        List<Instruction> program = new ArrayList<>();
        int expected = 5;
        program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, 0));
        for (int i = 0; i < operations; i++) {
            int operand = 1_000_003 * i;
            expected = i % 2 == 0 ? expected ^ operand : expected + operand;
            program.add(new Instruction(Bpf.ALU | (i % 2 == 0 ? Bpf.XOR : Bpf.ADD), 0, 0, operand));
        }
        program.add(new Instruction(Bpf.JMP | Bpf.JEQ, 0, 1, expected));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        return program;
    }

    @Test
    void of_sameProgram_isTheSameClass() {
        assertThat(file(HostPrograms.unordered(300))).isEqualTo(file(HostPrograms.unordered(300)));
    }

    private static byte[] file(List<Instruction> program) {
        MemberTables tables = new MemberTables();
        Flow flow = EqualTests.gathered(KnownTests.leftOut(FlowBuilder.blocks(program)), tables);
        return FilterClass.of(flow, NeededValues.of(flow.blocks())).orElseThrow();
    }

    /** With all of the packet, and cut before and behind each number that is asked for. */
    private static void agree(Matcher interpreter, Matcher compiled, ByteBuffer packet) {
        for (int captured : new int[] {60, 42, 41, 34, 33, 32, 31, 30, 29, 14, 13, 4, 3, 0}) {
            if (captured > packet.capacity()) {
                continue;
            }
            assertThat(compiled.matches(packet, 0, captured, 60))
                    .isEqualTo(interpreter.matches(packet, 0, captured, 60));
        }
    }
}
