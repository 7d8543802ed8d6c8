package io.podcapture.pcap.filter;

/** Signs of arithmetic: what they compute, and how tightly they bind. */
final class Operators {
    /** Modulo and exclusive or bind neither less nor more than anything: what follows them always comes first. */
    private static final int NONE = 0;

    private Operators() {}

    static boolean isOperation(Word word) {
        return code(word) >= 0;
    }

    /** As {@link Bpf} has it; negative if it is none. */
    static int code(Word word) {
        return switch (word) {
            case PLUS -> Bpf.ADD;
            case MINUS -> Bpf.SUB;
            case TIMES -> Bpf.MUL;
            case DIVIDE -> Bpf.DIV;
            case MODULO -> Bpf.MOD;
            case BIT_AND -> Bpf.AND;
            case BIT_OR -> Bpf.OR;
            case BIT_XOR -> Bpf.XOR;
            case SHIFT_LEFT -> Bpf.LSH;
            case SHIFT_RIGHT -> Bpf.RSH;
            default -> -1;
        };
    }

    static boolean isRelation(Word word) {
        return switch (word) {
            case EQUAL, NOT_EQUAL, GREATER_THAN, LESS_THAN, AT_LEAST, AT_MOST -> true;
            default -> false;
        };
    }

    /** Whether what stands in front is computed before what follows. */
    static boolean firstComes(Frame front, Word next) {
        int nextTightness = tightness(next);
        int frontTightness = front.kind == Frame.Kind.MINUS ? Integer.MAX_VALUE : tightness(front.token.word());
        return nextTightness != NONE && frontTightness != NONE && frontTightness >= nextTightness;
    }

    private static int tightness(Word word) {
        return switch (word) {
            case BIT_OR -> 1;
            case BIT_AND -> 2;
            case SHIFT_LEFT, SHIFT_RIGHT -> 3;
            case PLUS, MINUS -> 4;
            case TIMES, DIVIDE -> 5;
            default -> NONE;
        };
    }
}
