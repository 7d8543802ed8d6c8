package io.podcapture.pcap.filter;

/** The comparisons that all primitives are made of. */
final class Conditions {
    private final Values values;
    private final Questions questions;

    Conditions(Values values, Questions questions) {
        this.values = values;
        this.questions = questions;
    }

    Condition compare(int operation, Value left, Value right) {
        return Condition.asking(questions.question(operation, left, right));
    }

    Condition equal(Value value, int number) {
        return compare(Bpf.JEQ, value, values.constant(number));
    }

    /** As {@link #equal} in the bits of the mask. */
    Condition equal(Value value, int number, int mask) {
        if (mask == -1) {
            return equal(value, number);
        }
        if (number == 0) {
            return compare(Bpf.JSET, value, values.constant(mask)).not();
        }
        return equal(values.operation(Bpf.AND, value, mask), number);
    }

    Condition greater(Value value, int number) {
        return compare(Bpf.JGT, value, values.constant(number));
    }

    Condition atLeast(Value value, int number) {
        return compare(Bpf.JGE, value, values.constant(number));
    }

    Condition always() {
        return equal(values.constant(0), 0);
    }

    Condition never() {
        return equal(values.constant(0), 1);
    }
}
