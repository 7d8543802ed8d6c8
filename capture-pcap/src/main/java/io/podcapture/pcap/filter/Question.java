package io.podcapture.pcap.filter;

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
    final FactIndex facts = new FactIndex();

    Question(int operation, Quantity left, Quantity right) {
        this.operation = operation;
        this.left = left;
        this.right = right;
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
