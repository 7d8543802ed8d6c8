package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * A number that a program computes from a packet. There is one object for each; {@link Quantities} makes them.
 *
 * <p>What is written differently is different here, as it is for libpcap until it gives up comparing; {@link #folded} is
 * the same number with all constants worked out.
 */
final class Quantity {
    enum Kind {
        CONSTANT,

        /** The packet's length on the wire. */
        LENGTH,

        /** Octets at the constant {@link Quantity#operand}. */
        LOAD,

        /** Octets at {@link Quantity#operand} and {@link Quantity#left}. */
        LOAD_INDEXED,

        /** Four times the lower half of the octet at {@link Quantity#operand}: the length of a header of IPv4. */
        HEADER_LENGTH,

        /** A scratch word that an {@link Assignment} has set. */
        SCRATCH,

        /** Whatever the accumulator holds already. */
        LEFT_OVER,
        NEGATION,
        OPERATION
    }

    /**
     * A fault that is found only when constants are worked out.
     *
     * @param place index in the text
     */
    record Refusal(int place, String reason) {}

    final Kind kind;

    /** The operation or the size of a load, as {@link Bpf} has it. */
    final int code;

    final int operand;
    final @Nullable Quantity left;
    final @Nullable Quantity right;
    final int id;

    /** Scratch words needed to compute it. */
    final int scratchNeeded;

    /** Known only after {@link Quantities} has made it. */
    Quantity folded = this;

    /** Why libpcap refuses to work it out, if it gets so far; null if it does not. */
    @Nullable
    Refusal refusal;

    /** Where a question was found to say that it is equal to a constant. */
    final FactIndex equalities = new FactIndex();

    Quantity(Kind kind, int code, int operand, @Nullable Quantity left, @Nullable Quantity right, int id) {
        this.kind = kind;
        this.code = code;
        this.operand = operand;
        this.left = left;
        this.right = right;
        this.id = id;
        this.scratchNeeded = scratchNeeded();
        refusal = left != null && left.refusal != null ? left.refusal : right == null ? null : right.refusal;
    }

    private int scratchNeeded() {
        int first = left == null ? 0 : left.scratchNeeded;
        if (right == null || right.isSetAtOnce() || left == null || left.leavesIndex()) {
            return Math.max(first, right == null ? 0 : right.scratchNeeded);
        }
        int second = right.scratchNeeded;
        return first == second ? first + 1 : Math.max(first, second);
    }

    boolean isConstant() {
        return kind == Kind.CONSTANT;
    }

    boolean isConstant(int number) {
        return isConstant() && operand == number;
    }

    /** Whether one instruction puts it into the index register. */
    boolean isSetAtOnce() {
        return switch (kind) {
            case CONSTANT, LENGTH, HEADER_LENGTH, SCRATCH -> true;
            default -> false;
        };
    }

    /** Whether one instruction puts it into the accumulator, and the index register stays as it is. */
    boolean leavesIndex() {
        return switch (kind) {
            case CONSTANT, LENGTH, LOAD, SCRATCH -> true;
            default -> false;
        };
    }
}
