package io.podcapture.pcap.filter;

/** Arithmetic on unsigned numbers of 32 bits. */
enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    AND,
    OR,
    XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT;

    /** {@return the operator of an instruction with two operands} */
    static Operator of(int code) {
        return switch (code & 0xf0) {
            case Bpf.ADD -> ADD;
            case Bpf.SUB -> SUBTRACT;
            case Bpf.MUL -> MULTIPLY;
            case Bpf.DIV -> DIVIDE;
            case Bpf.MOD -> REMAINDER;
            case Bpf.AND -> AND;
            case Bpf.OR -> OR;
            case Bpf.XOR -> XOR;
            case Bpf.LSH -> SHIFT_LEFT;
            case Bpf.RSH -> SHIFT_RIGHT;
            default -> throw new IllegalArgumentException("code " + code);
        };
    }

    boolean divides() {
        return this == DIVIDE || this == REMAINDER;
    }

    /** The right number of a division is not 0. */
    int apply(int left, int right) {
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> Integer.divideUnsigned(left, right);
            case REMAINDER -> Integer.remainderUnsigned(left, right);
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> (right & ~31) == 0 ? left << right : 0;
            case SHIFT_RIGHT -> (right & ~31) == 0 ? left >>> right : 0;
        };
    }

    /** {@return a number no result is above, from such numbers for both operands} */
    long most(long left, long right) {
        long most =
                switch (this) {
                    case ADD -> left + right;
                    case AND -> Math.min(left, right);
                    case DIVIDE, SHIFT_RIGHT -> left;
                    case REMAINDER -> Math.min(left, Math.max(right - 1, 0));
                    case OR, XOR -> (1L << Long.SIZE - Long.numberOfLeadingZeros(left | right)) - 1;
                    case MULTIPLY ->
                        Math.multiplyHigh(left, right) == 0 && left * right >= 0 ? left * right : Value.MAX;
                    case SHIFT_LEFT -> right < 31 ? left << right : Value.MAX;
                    case SUBTRACT -> Value.MAX;
                };
        return Math.min(most, Value.MAX);
    }
}
