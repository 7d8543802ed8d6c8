package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Value.Constant;
import io.podcapture.pcap.filter.Value.IndexedLoad;
import io.podcapture.pcap.filter.Value.Load;
import io.podcapture.pcap.filter.Value.Operation;
import java.util.HashMap;
import java.util.Map;

/** The values of one program: what is got in the same way is the same object, and what can be known is a constant. */
final class Values {
    private final Map<Value, Value> known = new HashMap<>();
    private final Value originalLength = new Value.OriginalLength();

    Value constant(int number) {
        return one(new Constant(number));
    }

    Value originalLength() {
        return originalLength;
    }

    Value load(int octets, int offset) {
        return one(new Load(octets, offset));
    }

    /** The sum of a constant index and the offset is within an int. */
    Value load(int octets, Value index, int offset) {
        return index instanceof Constant constant
                ? load(octets, constant.number() + offset)
                : one(new IndexedLoad(octets, index, offset));
    }

    /** The right operand of a division is not the constant 0. */
    Value operation(Operator operator, Value left, Value right) {
        if (right instanceof Constant by) {
            if (left instanceof Constant of) {
                return constant(operator.apply(of.number(), by.number()));
            }
            if (changesNothing(operator, left, by.number())) {
                return left;
            }
            if (by.number() == 0 && (operator == Operator.AND || operator == Operator.MULTIPLY)) {
                return right;
            }
        }
        return one(new Operation(operator, left, right));
    }

    private static boolean changesNothing(Operator operator, Value left, int by) {
        return switch (operator) {
            case ADD, SUBTRACT, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> by == 0;
            case MULTIPLY, DIVIDE -> by == 1;
            case AND -> (by & by + 1) == 0 && left.most() <= Integer.toUnsignedLong(by);
            case REMAINDER -> false;
        };
    }

    private Value one(Value value) {
        Value first = known.putIfAbsent(value, value);
        return first == null ? value : first;
    }
}
