package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Valid programs of any instructions, and packets for them. Few different numbers and offsets, so that the same value is
 * loaded and tested again, and few different octets, so that tests hold.
 */
final class RandomPrograms {
    private static final int[] LOADS = {0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1, 0x80, 0x81};
    private static final int[] ALU = {0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x90, 0xa0};
    private static final int[] COMMON_OFFSETS = {0, 1, 2, 12, 14, 20, 23, 26, 30};
    private static final int[] ODD_NUMBERS = {
        0x7fff_ffff, 0x8000_0000, -1, -2, 0xff, 0xffff, 0x1_0000, 31, 32, 33, 262_144, 0x7fff_fffc
    };

    private final Random random;

    /** How likely it is, of 100, that a program is mostly tests for equality. */
    private boolean mostlyTests;

    private int octetValues;

    RandomPrograms(Random random) {
        this.random = random;
    }

    List<Instruction> program(int mostInstructions) {
        int count = 1 + random.nextInt(mostInstructions);
        if (random.nextInt(4) == 0) {
            octetValues = 4;
            return list(count);
        }
        mostlyTests = random.nextInt(3) == 0;
        octetValues = random.nextBoolean() ? 3 : 256;
        List<Instruction> program = new ArrayList<>(count);
        for (int i = 0; i < count - 1; i++) {
            program.add(instruction(count - i - 1));
        }
        program.add(ret());
        return program;
    }

    /** Tests of few values, in any order, that lead to few ends, behind a load that makes sure of all of them. */
    private List<Instruction> list(int tests) {
        List<Instruction> program = new ArrayList<>();
        program.add(new Instruction(Bpf.LD | Bpf.W | Bpf.ABS, 0, 0, 8));
        int offset = 0;
        for (int left = tests; left > 0; left--) {
            int next = random.nextInt(4);
            offset = next == 3 ? offset : next;
            int end = 2 * (left - 1) + 1 + random.nextInt(2);
            boolean leaves = random.nextInt(12) != 0;
            program.add(new Instruction(Bpf.LD | Bpf.B | Bpf.ABS, 0, 0, offset));
            program.add(new Instruction(
                    Bpf.JMP | Bpf.JEQ, leaves ? end : 0, left > 1 && !leaves ? 2 : 0, random.nextInt(6)));
        }
        program.add(new Instruction(Bpf.RET | Bpf.A, 0, 0, 0));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));
        program.add(new Instruction(Bpf.RET | Bpf.K, 0, 0, 1));
        return program;
    }

    byte[] packet(int mostOctets) {
        byte[] packet = new byte[random.nextInt(mostOctets + 1)];
        for (int i = 0; i < packet.length; i++) {
            packet[i] = (byte) random.nextInt(octetValues);
        }
        return packet;
    }

    int originalLength() {
        return random.nextInt(4) == 0 ? odd() : random.nextInt(100);
    }

    /** @param left instructions that follow */
    private Instruction instruction(int left) {
        int kind = random.nextInt(100);
        if (mostlyTests && kind < 75) {
            return kind < 60 ? test(left, 0x15) : load();
        }
        if (kind < 30) {
            return load();
        }
        if (kind < 60) {
            int source = random.nextInt(3) == 0 ? Bpf.X : Bpf.K;
            return test(left, Bpf.JMP | 0x10 * (1 + random.nextInt(4)) | source);
        }
        if (kind < 63) {
            return new Instruction(Bpf.JMP | Bpf.JA, 0, 0, distance(left));
        }
        if (kind < 80) {
            return arithmetic();
        }
        return switch (kind % 8) {
            case 0 -> new Instruction(Bpf.LD | Bpf.IMM, 0, 0, number());
            case 1 -> new Instruction(Bpf.LDX | Bpf.IMM, 0, 0, random.nextInt(3) == 0 ? number() : random.nextInt(40));
            case 2 -> new Instruction(Bpf.LD | Bpf.MEM, 0, 0, word());
            case 3 -> new Instruction(Bpf.LDX | Bpf.MEM, 0, 0, word());
            case 4 -> new Instruction(Bpf.ST, 0, 0, word());
            case 5 -> new Instruction(Bpf.STX, 0, 0, word());
            case 6 -> new Instruction(Bpf.MISC | (random.nextBoolean() ? Bpf.TXA : Bpf.TAX), 0, 0, 0);
            default -> random.nextInt(6) == 0 ? ret() : load();
        };
    }

    private Instruction load() {
        int code = LOADS[random.nextInt(LOADS.length)];
        int offset = random.nextInt(40) == 0
                ? number()
                : random.nextBoolean() ? COMMON_OFFSETS[random.nextInt(COMMON_OFFSETS.length)] : random.nextInt(40);
        return new Instruction(code, 0, 0, (code & 0xe0) == Bpf.LEN ? 0 : offset);
    }

    private Instruction arithmetic() {
        if (random.nextInt(12) == 0) {
            return new Instruction(Bpf.ALU | Bpf.NEG, 0, 0, 0);
        }
        int operation = ALU[random.nextInt(ALU.length)];
        boolean shift = operation == Bpf.LSH || operation == Bpf.RSH;
        int operand = shift && random.nextInt(4) != 0 ? random.nextInt(34) : number();
        return new Instruction(Bpf.ALU | operation | (random.nextBoolean() ? Bpf.X : Bpf.K), 0, 0, operand);
    }

    private Instruction test(int left, int code) {
        int whenTrue = distance(left);
        int whenFalse = random.nextInt(3) == 0 ? distance(left) : 0;
        return random.nextInt(4) == 0
                ? new Instruction(code, whenFalse, whenTrue, number())
                : new Instruction(code, whenTrue, whenFalse, number());
    }

    private Instruction ret() {
        return random.nextInt(4) == 0
                ? new Instruction(Bpf.RET | Bpf.A, 0, 0, 0)
                : new Instruction(Bpf.RET | Bpf.K, 0, 0, random.nextBoolean() ? 0 : 262_144);
    }

    private int distance(int left) {
        int farthest = left - 1;
        if (random.nextInt(3) != 0) {
            farthest = Math.min(farthest, 12);
        }
        return farthest <= 0 ? 0 : random.nextInt(farthest + 1);
    }

    private int number() {
        return switch (random.nextInt(6)) {
            case 0 -> odd();
            case 1 -> random.nextInt();
            case 2 -> random.nextInt(3) * 0x0101_0101;
            case 3 -> random.nextInt(3) << 8 | random.nextInt(3);
            default -> random.nextInt(4);
        };
    }

    private int odd() {
        return ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
    }

    private int word() {
        return random.nextInt(4) == 0 ? random.nextInt(16) : random.nextInt(2);
    }
}
