package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the questions of one filter, each once. */
final class Questions {
    /** A question, and whether it is the answer "no" that was asked for. */
    record Asked(Question question, boolean negated) {}

    private record Key(int operation, int left, int right) {
        // A record's own are put together at run time, which takes a fresh Java longer than all of a filter.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && operation == key.operation && left == key.left && right == key.right;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * operation + left) + right;
        }
    }

    private final Map<Key, Question> made = new HashMap<>();
    private final Quantities values;

    Questions(Quantities values) {
        this.values = values;
    }

    Question question(int operation, Quantity left, Quantity right) {
        Key key = new Key(operation, left.id, right.id);
        Question question = made.get(key);
        if (question == null) {
            question = new Question(operation, left, right);
            made.put(key, question);
        }
        return question;
    }

    /** Forgets what was found when the questions were asked in an order that has changed since. */
    void forgetFacts() {
        for (Question question : made.values()) {
            question.facts.clear();
            question.left.equalities.clear();
        }
    }

    /** The same in a form that is cheaper to ask, and more often alike: constants are on the right and worked out. */
    Asked folded(Question question) {
        Quantity left = question.left.folded;
        Quantity right = question.right.folded;
        int operation = question.operation;
        boolean negated = false;
        if (left.isConstant() && !right.isConstant() && operation != Bpf.JSET) {
            Quantity swapped = left;
            left = right;
            right = swapped;
            // c > x is not x >= c, and c >= x is not x > c.
            negated = operation != Bpf.JEQ;
            operation = operation == Bpf.JGT ? Bpf.JGE : operation == Bpf.JGE ? Bpf.JGT : operation;
        }
        if (operation == Bpf.JEQ && right.isConstant() && left.kind == Quantity.Kind.OPERATION) {
            Asked simpler = equality(left, right);
            return new Asked(simpler.question, simpler.negated ^ negated);
        }
        return new Asked(question(operation, left, right), negated);
    }

    private Asked equality(Quantity left, Quantity right) {
        Quantity operand = left.right;
        if (left.left != null && operand != null && operand.isConstant()) {
            if (left.code == Bpf.SUB) {
                return new Asked(question(Bpf.JEQ, left.left, values.constant(right.operand + operand.operand)), false);
            }
            if (left.code == Bpf.AND && right.operand == 0) {
                return new Asked(question(Bpf.JSET, left.left, operand), true);
            }
        } else if (left.left != null && operand != null && left.code == Bpf.SUB && right.operand == 0) {
            return new Asked(question(Bpf.JEQ, left.left, operand), false);
        }
        return new Asked(question(Bpf.JEQ, left, right), false);
    }
}
