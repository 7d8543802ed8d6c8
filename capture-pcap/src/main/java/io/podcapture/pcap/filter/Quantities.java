package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the values of one filter, each once, and works out what is constant in them. */
final class Quantities {
    private record Key(Quantity.Kind kind, int code, int operand, int left, int right) {
        // A record's own are put together at run time, which takes a fresh Java longer than all of a filter.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && kind == key.kind
                    && code == key.code
                    && operand == key.operand
                    && left == key.left
                    && right == key.right;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * (31 * kind.ordinal() + code) + operand) + left) + right;
        }
    }

    private final Map<Key, Quantity> made = new HashMap<>();

    Quantity constant(int number) {
        return value(Quantity.Kind.CONSTANT, 0, number, null, null);
    }

    Quantity length() {
        return value(Quantity.Kind.LENGTH, 0, 0, null, null);
    }

    Quantity load(int size, int offset) {
        return value(Quantity.Kind.LOAD, size, offset, null, null);
    }

    Quantity headerLength(int offset) {
        return value(Quantity.Kind.HEADER_LENGTH, 0, offset, null, null);
    }

    Quantity scratch(int word) {
        return value(Quantity.Kind.SCRATCH, 0, word, null, null);
    }

    Quantity leftOver() {
        return value(Quantity.Kind.LEFT_OVER, 0, 0, null, null);
    }

    Quantity load(int size, int offset, Quantity index) {
        Quantity value = value(Quantity.Kind.LOAD_INDEXED, size, offset, index, null);
        value.folded = foldedLoad(size, offset, index.folded, value);
        return value;
    }

    private Quantity foldedLoad(int size, int offset, Quantity index, Quantity written) {
        if (index.isConstant()) {
            return load(size, offset + index.operand);
        }
        // A constant index behind a header of IPv4 becomes part of the offset, modulo 2^32; no other sum does.
        if (index.kind == Quantity.Kind.OPERATION
                && index.code == Bpf.ADD
                && index.left != null
                && index.right != null) {
            boolean leftIsConstant = index.left.isConstant();
            Quantity base = leftIsConstant ? index.right : index.left;
            Quantity constant = leftIsConstant ? index.left : index.right;
            if (base.kind == Quantity.Kind.HEADER_LENGTH && constant.isConstant()) {
                return load(size, offset + constant.operand, base);
            }
        }
        return index == written.left ? written : load(size, offset, index);
    }

    Quantity negation(Quantity value) {
        Quantity negation = value(Quantity.Kind.NEGATION, Bpf.NEG, 0, value, null);
        if (value.folded.isConstant()) {
            negation.folded = constant(-value.folded.operand);
        } else if (value.folded != value) {
            negation.folded = value(Quantity.Kind.NEGATION, Bpf.NEG, 0, value.folded, null);
        }
        return negation;
    }

    Quantity operation(int operation, Quantity left, int right) {
        return operation(operation, left, constant(right));
    }

    /**
     * The operation may have {@link Bpf#X} added: then the right side was loaded into the index register, which libpcap
     * takes for another value than one with the same constant in the instruction.
     */
    Quantity operation(int operation, Quantity left, Quantity right) {
        Quantity value = value(Quantity.Kind.OPERATION, operation, 0, left, right);
        value.folded = foldedOperation(operation & ~Bpf.X, left.folded, right.folded, value);
        return value;
    }

    private Quantity foldedOperation(int operation, Quantity left, Quantity right, Quantity written) {
        if (right.isConstant()) {
            int number = right.operand;
            boolean undefined = number == 0 && (operation == Bpf.DIV || operation == Bpf.MOD);
            if (left.isConstant() && !undefined) {
                return constant(Operator.of(operation).apply(left.operand, number));
            }
            if (number == 0 && !undefined) {
                // What is not needed is not loaded, as with libpcap: see docs/filter.md on packets that are cut.
                return operation == Bpf.MUL || operation == Bpf.AND ? constant(0) : left;
            }
        } else if (left.isConstant(0)) {
            boolean keepsRight = operation == Bpf.ADD || operation == Bpf.OR || operation == Bpf.XOR;
            if (operation != Bpf.SUB) {
                return keepsRight ? right : left;
            }
        }
        return left == written.left && right == written.right && operation == written.code
                ? written
                : value(Quantity.Kind.OPERATION, operation, 0, left, right);
    }

    private Quantity value(
            Quantity.Kind kind, int code, int operand, @Nullable Quantity left, @Nullable Quantity right) {
        Key key = new Key(kind, code, operand, left == null ? -1 : left.id, right == null ? -1 : right.id);
        Quantity value = made.get(key);
        if (value == null) {
            value = new Quantity(kind, code, operand, left, right, made.size());
            made.put(key, value);
        }
        return value;
    }
}
