package io.podcapture.pcap.filter;

import java.util.List;

/** Which slots may be read from an instruction on before they are written. Jumps lead forward. */
final class Liveness {
    private static final int A = 1 << Block.A;
    private static final int X = 1 << Block.X;

    private Liveness() {}

    /** {@return for each instruction one bit per slot} */
    static int[] of(List<Instruction> program) {
        int[] live = new int[program.size()];
        for (int i = live.length - 1; i >= 0; i--) {
            Instruction instruction = program.get(i);
            int code = instruction.code();
            live[i] = after(instruction, live, i) & ~written(code, instruction.operand())
                    | read(code, instruction.operand());
        }
        return live;
    }

    private static int after(Instruction instruction, int[] live, int index) {
        int next = index + 1;
        int code = instruction.code();
        if (Bpf.classOf(code) == Bpf.RET) {
            return 0;
        }
        if (Bpf.classOf(code) != Bpf.JMP) {
            return live[next];
        }
        return code == (Bpf.JMP | Bpf.JA)
                ? live[next + instruction.operand()]
                : live[next + instruction.jumpTrue()] | live[next + instruction.jumpFalse()];
    }

    private static int written(int code, int operand) {
        return switch (Bpf.classOf(code)) {
            case Bpf.LD, Bpf.ALU -> A;
            case Bpf.LDX -> X;
            case Bpf.ST, Bpf.STX -> word(operand);
            case Bpf.MISC -> code == (Bpf.MISC | Bpf.TXA) ? A : X;
            default -> 0;
        };
    }

    private static int read(int code, int operand) {
        return switch (Bpf.classOf(code)) {
            case Bpf.LD, Bpf.LDX -> (code & 0xe0) == Bpf.MEM ? word(operand) : (code & 0xe0) == Bpf.IND ? X : 0;
            case Bpf.ST -> A;
            case Bpf.STX -> X;
            case Bpf.ALU -> code == (Bpf.ALU | Bpf.NEG) ? A : A | other(code);
            case Bpf.JMP -> code == (Bpf.JMP | Bpf.JA) ? 0 : A | other(code);
            case Bpf.RET -> code == (Bpf.RET | Bpf.A) ? A : 0;
            default -> code == (Bpf.MISC | Bpf.TXA) ? X : A;
        };
    }

    private static int other(int code) {
        return (code & Bpf.X) == 0 ? 0 : X;
    }

    private static int word(int number) {
        return 1 << Block.WORDS + number;
    }
}
