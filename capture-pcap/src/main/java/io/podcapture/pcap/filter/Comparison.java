package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Value.Constant;

/** How a test compares two unsigned numbers. */
enum Comparison {
    EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    SHARES_A_BIT;

    /** What a test comes to. */
    enum Outcome {
        ALWAYS,
        NEVER,
        OPEN
    }

    static Comparison of(int code) {
        return switch (code & 0xf0) {
            case Bpf.JGT -> GREATER;
            case Bpf.JGE -> GREATER_OR_EQUAL;
            case Bpf.JSET -> SHARES_A_BIT;
            default -> EQUAL;
        };
    }

    boolean holds(int left, int right) {
        return switch (this) {
            case EQUAL -> left == right;
            case GREATER -> Integer.compareUnsigned(left, right) > 0;
            case GREATER_OR_EQUAL -> Integer.compareUnsigned(left, right) >= 0;
            case SHARES_A_BIT -> (left & right) != 0;
        };
    }

    /** {@return what can be said without the packet} */
    Outcome outcome(Value left, Value right) {
        if (left instanceof Constant a && right instanceof Constant b) {
            return holds(a.number(), b.number()) ? Outcome.ALWAYS : Outcome.NEVER;
        }
        if (left == right && this != SHARES_A_BIT) {
            return this == GREATER ? Outcome.NEVER : Outcome.ALWAYS;
        }
        if (!(right instanceof Constant constant)) {
            return Outcome.OPEN;
        }
        long number = Integer.toUnsignedLong(constant.number());
        return switch (this) {
            case EQUAL -> number > left.most() ? Outcome.NEVER : Outcome.OPEN;
            case GREATER -> number >= left.most() ? Outcome.NEVER : Outcome.OPEN;
            case GREATER_OR_EQUAL -> number == 0 ? Outcome.ALWAYS : number > left.most() ? Outcome.NEVER : Outcome.OPEN;
            case SHARES_A_BIT -> number == 0 ? Outcome.NEVER : Outcome.OPEN;
        };
    }
}
