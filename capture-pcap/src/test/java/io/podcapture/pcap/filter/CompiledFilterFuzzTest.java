package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The class of a program answers as the interpreter does. Of the profile {@code soak} ten million packets;
 * {@code -Dpodcapture.fuzz.inputs} sets another number, {@code -Dpodcapture.fuzz.seed} another seed; a failure names the
 * program and the packet.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class CompiledFilterFuzzTest {
    private static final long INPUTS =
            Long.getLong("podcapture.fuzz.inputs", Boolean.getBoolean("podcapture.soak") ? 10_000_000 : 100_000);
    private static final long SEED = Long.getLong("podcapture.fuzz.seed", 20_240_229);
    private static final int PACKETS = 20;
    private static final int MOST_OCTETS = 48;

    private final Random random = new Random(SEED);
    private final RandomPrograms programs = new RandomPrograms(random);

    @Test
    void matches_randomProgramsAndPackets_isWhatTheInterpreterSays() {
        long accepted = 0;
        for (long input = 0; input < INPUTS; input += PACKETS) {
            int size = input % 400 == 0 ? 3_000 : input % 3 == 0 ? 12 : 60;
            List<Instruction> program = programs.program(size);
            Matcher interpreter = new Interpreter(program);
            Matcher compiled = compile(program);
            for (int i = 0; i < PACKETS; i++) {
                accepted += agree(program, interpreter, compiled) ? 1 : 0;
            }
        }
        assertThat(accepted).isBetween(INPUTS / 10, INPUTS * 9 / 10);
    }

    private static Matcher compile(List<Instruction> program) {
        try {
            return CompiledFilter.of(program);
        } catch (RuntimeException | LinkageError e) {
            throw new AssertionError("seed " + SEED + ", " + program, e);
        }
    }

    /** Returns what both answer. */
    private boolean agree(List<Instruction> program, Matcher interpreter, Matcher compiled) {
        int position = random.nextInt(5);
        byte[] packet = programs.packet(MOST_OCTETS);
        // What lies around the packet must not be seen.
        ByteBuffer octets = random.nextBoolean() ? ByteBuffer.allocate(64) : ByteBuffer.allocateDirect(64);
        octets.put(position, packet);
        int original = programs.originalLength();
        boolean expected = interpreter.matches(octets, position, packet.length, original);
        boolean actual = compiled.matches(octets, position, packet.length, original);
        if (expected != actual) {
            throw new AssertionError("seed " + SEED + ", original length " + original + ", packet "
                    + HexFormat.of().formatHex(packet) + ": " + expected + " by " + program);
        }
        return actual;
    }
}
