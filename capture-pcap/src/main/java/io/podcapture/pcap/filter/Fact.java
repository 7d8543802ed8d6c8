package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * What is known on a way through a program: the answer to a question, and all that was known before it was asked. Facts
 * form a tree, of which each knows a second, farther ancestor, so that one of a given depth is found in few steps.
 */
final class Fact {
    private static final int MOST_COMPARED = 32;

    final @Nullable Question question;
    final boolean answer;

    /** What the question compared with, if that was a constant. */
    final int constant;

    private final Fact before;
    private final Fact farBefore;
    private final int depth;

    /** This one and all that follow from it have numbers of their own, in a row. */
    private int count = 1;

    private int order;
    private int nextOrder = 1;

    /** Nothing is known. */
    @SuppressWarnings("NullAway") // Its own ancestor.
    Fact() {
        question = null;
        answer = false;
        constant = 0;
        depth = 0;
        before = this;
        farBefore = this;
    }

    Fact(Question question, boolean answer, Fact before) {
        this.question = question;
        this.answer = answer;
        this.constant = question.right.operand;
        this.before = before;
        depth = before.depth + 1;
        Fact far = before.farBefore;
        farBefore = before.depth - far.depth == far.depth - far.farBefore.depth ? far.farBefore : before;
    }

    /** Counts it among those that follow from the one before; all that follow from it have been. */
    void countBefore() {
        before.count += count;
    }

    /** All have been counted, and the one before has its number. */
    void number() {
        order = before.nextOrder;
        before.nextOrder += count;
        nextOrder = order + 1;
    }

    int order() {
        return order;
    }

    void enter(Looks looks) {
        if (question != null) {
            question.facts.add(this, looks);
            if (answer && question.operation == Bpf.JEQ && question.right.isConstant()) {
                question.left.equalities.add(this, looks);
            }
        }
    }

    /** Whether it is known wherever the other is. */
    boolean holdsWith(Fact other) {
        return other.order >= order && other.order - order < count;
    }

    private Fact atDepth(int wanted) {
        Fact fact = this;
        while (fact.depth > wanted) {
            fact = fact.farBefore.depth >= wanted ? fact.farBefore : fact.before;
        }
        return fact;
    }

    /** What is known in both cases: what both have from the same place, and of the last few facts behind it the same. */
    static Fact common(Fact one, Fact other, FactTree tree) {
        Fact last = lastOfBoth(one, other);
        Fact common = last;
        int count = 0;
        for (Fact fact = one; fact != last && count < MOST_COMPARED; fact = fact.before) {
            count++;
            Question question = fact.question;
            if (question != null && other.has(question, fact.answer, last)) {
                common = tree.and(common, question, fact.answer);
            }
        }
        return common;
    }

    private boolean has(Question wanted, boolean answer, Fact end) {
        int count = 0;
        for (Fact fact = this; fact.depth > end.depth && count < MOST_COMPARED; fact = fact.before) {
            count++;
            if (fact.question == wanted) {
                return fact.answer == answer;
            }
        }
        return false;
    }

    /** What both have from the same place. */
    static Fact lastOfBoth(Fact one, Fact other) {
        Fact a = one.atDepth(Math.min(one.depth, other.depth));
        Fact b = other.atDepth(a.depth);
        while (a != b) {
            boolean far = a.farBefore != b.farBefore;
            a = far ? a.farBefore : a.before;
            b = far ? b.farBefore : b.before;
        }
        return a;
    }
}
