package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the values of one filter, each once, and works out what is constant in them. */
final class Values {
    private record Key(Value.Kind kind, int code, int operand, int left, int right) {}

    private final Map<Key, Value> made = new HashMap<>();

    Value constant(int number) {
        return value(Value.Kind.CONSTANT, 0, number, null, null);
    }

    Value length() {
        return value(Value.Kind.LENGTH, 0, 0, null, null);
    }

    Value load(int size, int offset) {
        return value(Value.Kind.LOAD, size, offset, null, null);
    }

    Value headerLength(int offset) {
        return value(Value.Kind.HEADER_LENGTH, 0, offset, null, null);
    }

    Value scratch(int word) {
        return value(Value.Kind.SCRATCH, 0, word, null, null);
    }

    Value leftOver() {
        return value(Value.Kind.LEFT_OVER, 0, 0, null, null);
    }

    Value load(int size, int offset, Value index) {
        Value value = value(Value.Kind.LOAD_INDEXED, size, offset, index, null);
        value.folded = foldedLoad(size, offset, index.folded, value);
        return value;
    }

    private Value foldedLoad(int size, int offset, Value index, Value written) {
        if (index.isConstant()) {
            return load(size, offset + index.operand);
        }
        // A constant index behind a header of IPv4 becomes part of the offset, modulo 2^32; no other sum does.
        if (index.kind == Value.Kind.OPERATION && index.code == Bpf.ADD && index.left != null && index.right != null) {
            boolean leftIsConstant = index.left.isConstant();
            Value base = leftIsConstant ? index.right : index.left;
            Value constant = leftIsConstant ? index.left : index.right;
            if (base.kind == Value.Kind.HEADER_LENGTH && constant.isConstant()) {
                return load(size, offset + constant.operand, base);
            }
        }
        return index == written.left ? written : load(size, offset, index);
    }

    Value negation(Value value) {
        Value negation = value(Value.Kind.NEGATION, Bpf.NEG, 0, value, null);
        if (value.folded.isConstant()) {
            negation.folded = constant(-value.folded.operand);
        } else if (value.folded != value) {
            negation.folded = value(Value.Kind.NEGATION, Bpf.NEG, 0, value.folded, null);
        }
        return negation;
    }

    Value operation(int operation, Value left, int right) {
        return operation(operation, left, constant(right));
    }

    /**
     * The operation may have {@link Bpf#X} added: then the right side was loaded into the index register, which libpcap
     * takes for another value than one with the same constant in the instruction.
     */
    Value operation(int operation, Value left, Value right) {
        Value value = value(Value.Kind.OPERATION, operation, 0, left, right);
        value.folded = foldedOperation(operation & ~Bpf.X, left.folded, right.folded, value);
        return value;
    }

    private Value foldedOperation(int operation, Value left, Value right, Value written) {
        if (right.isConstant()) {
            int number = right.operand;
            boolean undefined = number == 0 && (operation == Bpf.DIV || operation == Bpf.MOD);
            if (left.isConstant() && !undefined) {
                return constant(result(operation, left.operand, number));
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
                : value(Value.Kind.OPERATION, operation, 0, left, right);
    }

    /** Of two constants, the second of which is no divisor of 0. */
    static int result(int operation, int left, int right) {
        return switch (operation) {
            case Bpf.ADD -> left + right;
            case Bpf.SUB -> left - right;
            case Bpf.MUL -> left * right;
            case Bpf.DIV -> Integer.divideUnsigned(left, right);
            case Bpf.MOD -> Integer.remainderUnsigned(left, right);
            case Bpf.AND -> left & right;
            case Bpf.OR -> left | right;
            case Bpf.XOR -> left ^ right;
            case Bpf.LSH -> right >>> 5 == 0 ? left << right : 0;
            case Bpf.RSH -> right >>> 5 == 0 ? left >>> right : 0;
            default -> throw new IllegalStateException("operation " + operation);
        };
    }

    private Value value(Value.Kind kind, int code, int operand, @Nullable Value left, @Nullable Value right) {
        Key key = new Key(kind, code, operand, left == null ? -1 : left.id, right == null ? -1 : right.id);
        Value value = made.get(key);
        if (value == null) {
            value = new Value(kind, code, operand, left, right, made.size());
            made.put(key, value);
        }
        return value;
    }
}
