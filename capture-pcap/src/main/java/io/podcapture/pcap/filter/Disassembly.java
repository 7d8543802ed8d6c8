package io.podcapture.pcap.filter;

import java.util.List;
import java.util.Locale;

/** A program as text, in the two forms of tcpdump. */
final class Disassembly {
    private final List<Instruction> program;

    Disassembly(List<Instruction> program) {
        this.program = program;
    }

    /** As {@code tcpdump -ddd}: how many, then each as four numbers. */
    String numbers() {
        StringBuilder text = new StringBuilder().append(program.size()).append('\n');
        for (Instruction instruction : program) {
            text.append(instruction.code())
                    .append(' ')
                    .append(instruction.jumpTrue())
                    .append(' ')
                    .append(instruction.jumpFalse())
                    .append(' ')
                    .append(Integer.toUnsignedString(instruction.operand()))
                    .append('\n');
        }
        return text.toString();
    }

    /** As {@code tcpdump -d}: one a line, with its number and where it jumps. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < program.size(); i++) {
            line(text, i, program.get(i));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int index, Instruction instruction) {
        int code = instruction.code();
        String operand = operand(instruction, index);
        text.append(String.format(Locale.ROOT, "(%03d) ", index));
        boolean conditional = Bpf.classOf(code) == Bpf.JMP && code != (Bpf.JMP | Bpf.JA);
        if (conditional) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %-16s jt %d\tjf %d\n",
                    name(code),
                    operand,
                    index + 1 + instruction.jumpTrue(),
                    index + 1 + instruction.jumpFalse()));
        } else {
            text.append(String.format(Locale.ROOT, "%-8s %s\n", name(code), operand));
        }
    }

    private static String name(int code) {
        return switch (Bpf.classOf(code)) {
            case Bpf.LD -> "ld" + size(code);
            case Bpf.LDX -> code == (Bpf.LDX | Bpf.B | Bpf.MSH) ? "ldxb" : "ldx";
            case Bpf.ST -> "st";
            case Bpf.STX -> "stx";
            case Bpf.JMP ->
                switch (code & 0xf0) {
                    case Bpf.JA -> "ja";
                    case Bpf.JEQ -> "jeq";
                    case Bpf.JGT -> "jgt";
                    case Bpf.JGE -> "jge";
                    default -> "jset";
                };
            case Bpf.ALU -> operation(code);
            case Bpf.RET -> "ret";
            default -> code == (Bpf.MISC | Bpf.TXA) ? "txa" : "tax";
        };
    }

    private static String size(int code) {
        if ((code & 0xe0) != Bpf.ABS && (code & 0xe0) != Bpf.IND) {
            return "";
        }
        return switch (code & 0x18) {
            case Bpf.H -> "h";
            case Bpf.B -> "b";
            default -> "";
        };
    }

    private static String operation(int code) {
        return switch (code & 0xf0) {
            case Bpf.ADD -> "add";
            case Bpf.SUB -> "sub";
            case Bpf.MUL -> "mul";
            case Bpf.DIV -> "div";
            case Bpf.OR -> "or";
            case Bpf.AND -> "and";
            case Bpf.LSH -> "lsh";
            case Bpf.RSH -> "rsh";
            case Bpf.NEG -> "neg";
            case Bpf.MOD -> "mod";
            default -> "xor";
        };
    }

    private static String operand(Instruction instruction, int index) {
        int code = instruction.code();
        int k = instruction.operand();
        return switch (Bpf.classOf(code)) {
            case Bpf.LD, Bpf.LDX ->
                switch (code & 0xe0) {
                    case Bpf.ABS -> "[" + k + "]";
                    case Bpf.IND -> "[x + " + k + "]";
                    case Bpf.MEM -> "M[" + k + "]";
                    case Bpf.LEN -> "#pktlen";
                    case Bpf.MSH -> "4*([" + k + "]&0xf)";
                    default -> "#0x" + Integer.toHexString(k);
                };
            case Bpf.ST, Bpf.STX -> "M[" + k + "]";
            case Bpf.RET -> code == (Bpf.RET | Bpf.A) ? "" : "#" + k;
            case Bpf.MISC -> "";
            case Bpf.JMP -> code == (Bpf.JMP | Bpf.JA) ? Integer.toString(index + 1 + k) : constant(code, k);
            default -> code == (Bpf.ALU | Bpf.NEG) ? "" : constant(code, k);
        };
    }

    private static String constant(int code, int k) {
        if ((code & Bpf.X) != 0) {
            return "x";
        }
        boolean decimal = Bpf.classOf(code) == Bpf.ALU && isDecimal(code & 0xf0);
        return "#" + (decimal ? Integer.toString(k) : "0x" + Integer.toHexString(k));
    }

    private static boolean isDecimal(int operation) {
        return operation != Bpf.AND && operation != Bpf.OR && operation != Bpf.XOR;
    }
}
