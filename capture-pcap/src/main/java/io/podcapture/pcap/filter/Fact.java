package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * What is known on a way through a program: the answer to a question, and all that was known before it was asked. Facts
 * form a tree, of which each knows a second, farther ancestor, so that one of a given depth is found in few steps.
 */
final class Fact {
    private static final int MOST_COMPARED = 32;

    /** At the start nothing is known. */
    static final Fact NOTHING = new Fact();

    final @Nullable Question question;
    final boolean answer;

    /** What the question compared with, if that was a constant. */
    final int constant;

    private final Fact before;
    private final Fact farBefore;
    private final int depth;

    @SuppressWarnings("NullAway") // Its own ancestor.
    private Fact() {
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

    /** Whether it is known wherever the other is. */
    boolean holdsWith(Fact other) {
        return other.depth >= depth && other.atDepth(depth) == this;
    }

    private Fact atDepth(int wanted) {
        Fact fact = this;
        while (fact.depth > wanted) {
            fact = fact.farBefore.depth >= wanted ? fact.farBefore : fact.before;
        }
        return fact;
    }

    /**
     * What is known in both cases: what both have from the same place and, if wanted, of the last few facts behind it
     * those that are alike.
     */
    static Fact common(Fact one, Fact other, boolean alike) {
        Fact last = lastOfBoth(one, other);
        if (!alike) {
            return last;
        }
        Fact common = last;
        int count = 0;
        for (Fact fact = one; fact != last && count < MOST_COMPARED; fact = fact.before) {
            count++;
            Question question = fact.question;
            if (question != null && other.has(question, fact.answer, last)) {
                common = question.known(fact.answer, common);
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

    private static Fact lastOfBoth(Fact one, Fact other) {
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
