package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program of classic BPF as it stands: the reference for whatever else runs one.
 *
 * <p>All numbers are unsigned and of 32 bits. At the start A, X and the scratch words are 0. A load outside the captured
 * octets, with offset and index added without wrapping around, rejects the packet, and so does a division by 0. A shift by
 * 32 or more gives 0. A jump back may be taken as often as the packet has captured octets; once more rejects the packet,
 * for only one made to hold a filter up leads so far.
 */
final class Interpreter implements Matcher {
    private static final int[] NO_WORDS = {};

    private final int[] codes;
    private final int[] jumpsTrue;
    private final int[] jumpsFalse;
    private final int[] operands;

    /** Of each thread, so that none is made for a packet; made for the first packet of a program that uses it. */
    private final ThreadLocal<int[]> scratch = ThreadLocal.withInitial(() -> new int[Bpf.SCRATCH_WORDS]);

    private final boolean usesScratch;

    /**
     * @throws IllegalArgumentException if the program could jump out of itself or run over its end, or has an instruction
     *     that does not exist
     */
    Interpreter(List<Instruction> program) {
        int count = program.size();
        codes = new int[count];
        jumpsTrue = new int[count];
        jumpsFalse = new int[count];
        operands = new int[count];
        boolean scratchUsed = false;
        for (int i = 0; i < count; i++) {
            Instruction instruction = program.get(i);
            codes[i] = instruction.code();
            jumpsTrue[i] = instruction.jumpTrue();
            jumpsFalse[i] = instruction.jumpFalse();
            operands[i] = instruction.operand();
            scratchUsed |= usesScratch(instruction.code());
        }
        usesScratch = scratchUsed;
        ProgramCheck.check(program);
    }

    private static boolean usesScratch(int code) {
        return switch (code) {
            case Bpf.LD | Bpf.MEM, Bpf.LDX | Bpf.MEM, Bpf.ST, Bpf.STX -> true;
            default -> false;
        };
    }

    @Override
    public boolean matches(ByteBuffer octets, int position, int capturedLength, int originalLength) {
        if (!usesScratch) {
            return run(octets, position, capturedLength, originalLength, NO_WORDS);
        }
        int[] words = scratch.get();
        Arrays.fill(words, 0);
        return run(octets, position, capturedLength, originalLength, words);
    }

    private boolean run(ByteBuffer octets, int position, int captured, int original, int[] words) {
        int a = 0;
        int x = 0;
        int jumpsBack = captured;
        int at = 0;
        while (true) {
            int k = operands[at];
            int code = codes[at];
            at++;
            switch (code) {
                case Bpf.LD | Bpf.W | Bpf.ABS, Bpf.LD | Bpf.W | Bpf.IND -> {
                    long offset = (k & 0xffffffffL) + index(code, x);
                    if (offset + 4 > captured) {
                        return false;
                    }
                    a = octets.getInt(position + (int) offset);
                }
                case Bpf.LD | Bpf.H | Bpf.ABS, Bpf.LD | Bpf.H | Bpf.IND -> {
                    long offset = (k & 0xffffffffL) + index(code, x);
                    if (offset + 2 > captured) {
                        return false;
                    }
                    a = octets.getShort(position + (int) offset) & 0xffff;
                }
                case Bpf.LD | Bpf.B | Bpf.ABS, Bpf.LD | Bpf.B | Bpf.IND -> {
                    long offset = (k & 0xffffffffL) + index(code, x);
                    if (offset >= captured) {
                        return false;
                    }
                    a = octets.get(position + (int) offset) & 0xff;
                }
                case Bpf.LDX | Bpf.B | Bpf.MSH -> {
                    if ((k & 0xffffffffL) >= captured) {
                        return false;
                    }
                    x = (octets.get(position + k) & 0xf) << 2;
                }
                case Bpf.LD | Bpf.IMM -> a = k;
                case Bpf.LDX | Bpf.IMM -> x = k;
                case Bpf.LD | Bpf.LEN -> a = original;
                case Bpf.LDX | Bpf.LEN -> x = original;
                case Bpf.LD | Bpf.MEM -> a = words[k];
                case Bpf.LDX | Bpf.MEM -> x = words[k];
                case Bpf.ST -> words[k] = a;
                case Bpf.STX -> words[k] = x;
                case Bpf.ALU | Bpf.ADD | Bpf.K -> a += k;
                case Bpf.ALU | Bpf.ADD | Bpf.X -> a += x;
                case Bpf.ALU | Bpf.SUB | Bpf.K -> a -= k;
                case Bpf.ALU | Bpf.SUB | Bpf.X -> a -= x;
                case Bpf.ALU | Bpf.MUL | Bpf.K -> a *= k;
                case Bpf.ALU | Bpf.MUL | Bpf.X -> a *= x;
                case Bpf.ALU | Bpf.DIV | Bpf.K, Bpf.ALU | Bpf.DIV | Bpf.X -> {
                    int divisor = other(code, k, x);
                    if (divisor == 0) {
                        return false;
                    }
                    a = Integer.divideUnsigned(a, divisor);
                }
                case Bpf.ALU | Bpf.MOD | Bpf.K, Bpf.ALU | Bpf.MOD | Bpf.X -> {
                    int divisor = other(code, k, x);
                    if (divisor == 0) {
                        return false;
                    }
                    a = Integer.remainderUnsigned(a, divisor);
                }
                case Bpf.ALU | Bpf.OR | Bpf.K -> a |= k;
                case Bpf.ALU | Bpf.OR | Bpf.X -> a |= x;
                case Bpf.ALU | Bpf.AND | Bpf.K -> a &= k;
                case Bpf.ALU | Bpf.AND | Bpf.X -> a &= x;
                case Bpf.ALU | Bpf.XOR | Bpf.K -> a ^= k;
                case Bpf.ALU | Bpf.XOR | Bpf.X -> a ^= x;
                case Bpf.ALU | Bpf.LSH | Bpf.K, Bpf.ALU | Bpf.LSH | Bpf.X -> {
                    int by = other(code, k, x);
                    // Java would take the count modulo 32.
                    a = by >>> 5 == 0 ? a << by : 0;
                }
                case Bpf.ALU | Bpf.RSH | Bpf.K, Bpf.ALU | Bpf.RSH | Bpf.X -> {
                    int by = other(code, k, x);
                    a = by >>> 5 == 0 ? a >>> by : 0;
                }
                case Bpf.ALU | Bpf.NEG -> a = -a;
                case Bpf.JMP | Bpf.JA -> {
                    at += k;
                    if (k < 0 && --jumpsBack < 0) {
                        return false;
                    }
                }
                case Bpf.JMP | Bpf.JEQ | Bpf.K, Bpf.JMP | Bpf.JEQ | Bpf.X -> at += jump(at, a == other(code, k, x));
                case Bpf.JMP | Bpf.JGT | Bpf.K, Bpf.JMP | Bpf.JGT | Bpf.X ->
                    at += jump(at, Integer.compareUnsigned(a, other(code, k, x)) > 0);
                case Bpf.JMP | Bpf.JGE | Bpf.K, Bpf.JMP | Bpf.JGE | Bpf.X ->
                    at += jump(at, Integer.compareUnsigned(a, other(code, k, x)) >= 0);
                case Bpf.JMP | Bpf.JSET | Bpf.K, Bpf.JMP | Bpf.JSET | Bpf.X ->
                    at += jump(at, (a & other(code, k, x)) != 0);
                case Bpf.RET | Bpf.K -> {
                    return k != 0;
                }
                case Bpf.RET | Bpf.A -> {
                    return a != 0;
                }
                case Bpf.MISC | Bpf.TAX -> x = a;
                case Bpf.MISC | Bpf.TXA -> a = x;
                default -> throw new IllegalStateException("code " + code);
            }
        }
    }

    /** What is added to the offset of a load, unsigned. */
    private static long index(int code, int x) {
        return (code & Bpf.IND) == 0 ? 0 : x & 0xffffffffL;
    }

    private static int other(int code, int k, int x) {
        return (code & Bpf.X) == 0 ? k : x;
    }

    private int jump(int next, boolean holds) {
        return holds ? jumpsTrue[next - 1] : jumpsFalse[next - 1];
    }
}
