package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of two values, by which a program goes one way or the other. There is one object for each of a filter.
 *
 * @see Questions
 */
final class Question {
    /** A jump's operation: {@link Bpf#JEQ} and its like. */
    final int operation;

    final Quantity left;
    final Quantity right;

    /** Where it was asked. */
    final List<Fact> facts = new ArrayList<>(1);

    Question(int operation, Quantity left, Quantity right) {
        this.operation = operation;
        this.left = left;
        this.right = right;
    }

    /** A new fact: this answer, and all that was known before. */
    Fact known(boolean answer, Fact before) {
        Fact fact = new Fact(this, answer, before);
        facts.add(fact);
        if (answer && operation == Bpf.JEQ && right.isConstant()) {
            left.equalities.add(fact);
        }
        return fact;
    }

    /** Whether both values are constants as they stand. */
    boolean isDecided() {
        return right.isConstant() && (left.isConstant() || operation == Bpf.JSET && right.operand == 0);
    }

    /** The answer, if {@link #isDecided}. */
    boolean answer() {
        return Comparison.of(operation).holds(left.isConstant() ? left.operand : 0, right.operand);
    }
}
