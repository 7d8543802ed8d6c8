package io.podcapture.pcap.filter;

import java.util.List;

/** Whether a program can be run: each jump stays in it, each way ends, each instruction exists. */
final class ProgramCheck {
    private ProgramCheck() {}

    /** @throws IllegalArgumentException if it cannot */
    static void check(List<Instruction> program) {
        int count = program.size();
        for (int i = 0; i < count; i++) {
            Instruction instruction = program.get(i);
            if (!exists(instruction) || !staysWithin(instruction, i, count)) {
                throw new IllegalArgumentException("instruction " + i + " of " + count + ": " + instruction);
            }
        }
        if (count == 0 || Bpf.classOf(program.get(count - 1).code()) != Bpf.RET) {
            throw new IllegalArgumentException("the program does not end in a return");
        }
    }

    /** {@return one more than the number of the last scratch word} */
    static int scratchWords(List<Instruction> program) {
        int words = 0;
        for (Instruction instruction : program) {
            switch (instruction.code()) {
                case Bpf.LD | Bpf.MEM, Bpf.LDX | Bpf.MEM, Bpf.ST, Bpf.STX ->
                    words = Math.max(words, instruction.operand() + 1);
                default -> {}
            }
        }
        return words;
    }

    private static boolean exists(Instruction instruction) {
        return switch (instruction.code()) {
            case Bpf.LD | Bpf.MEM, Bpf.LDX | Bpf.MEM, Bpf.ST, Bpf.STX ->
                instruction.operand() >= 0 && instruction.operand() < Bpf.SCRATCH_WORDS;
            case 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0x00, 0x80 -> true;
            case 0xb1, 0x01, 0x81, 0x07, 0x87, 0x06, 0x16, 0x84 -> true;
            case 0x04, 0x14, 0x24, 0x34, 0x44, 0x54, 0x64, 0x74, 0x94, 0xa4 -> true;
            case 0x0c, 0x1c, 0x2c, 0x3c, 0x4c, 0x5c, 0x6c, 0x7c, 0x9c, 0xac -> true;
            case 0x05, 0x15, 0x25, 0x35, 0x45, 0x1d, 0x2d, 0x3d, 0x4d -> true;
            default -> false;
        };
    }

    private static boolean staysWithin(Instruction instruction, int index, int count) {
        long next = index + 1L;
        int code = instruction.code();
        if (Bpf.classOf(code) != Bpf.JMP) {
            return next < count || Bpf.classOf(code) == Bpf.RET;
        }
        if (code == (Bpf.JMP | Bpf.JA)) {
            long target = next + instruction.operand();
            return target >= 0 && target < count;
        }
        return instruction.jumpTrue() >= 0
                && instruction.jumpFalse() >= 0
                && next + instruction.jumpTrue() < count
                && next + instruction.jumpFalse() < count;
    }
}
