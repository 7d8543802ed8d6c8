package io.podcapture.pcap.filter;

/** The comparisons that all primitives are made of. */
final class Conditions {
    private final Quantities values;
    private final Questions questions;

    Conditions(Quantities values, Questions questions) {
        this.values = values;
        this.questions = questions;
    }

    Condition compare(int operation, Quantity left, Quantity right) {
        return Condition.asking(questions.question(operation, left, right));
    }

    Condition equal(Quantity value, int number) {
        return compare(Bpf.JEQ, value, values.constant(number));
    }

    /** As {@link #equal} in the bits of the mask. */
    Condition equal(Quantity value, int number, int mask) {
        if (mask == -1) {
            return equal(value, number);
        }
        if (number == 0) {
            return compare(Bpf.JSET, value, values.constant(mask)).not();
        }
        return equal(values.operation(Bpf.AND, value, mask), number);
    }

    Condition greater(Quantity value, int number) {
        return compare(Bpf.JGT, value, values.constant(number));
    }

    Condition atLeast(Quantity value, int number) {
        return compare(Bpf.JGE, value, values.constant(number));
    }

    Condition always() {
        return equal(values.constant(0), 0);
    }

    Condition never() {
        return equal(values.constant(0), 1);
    }
}
