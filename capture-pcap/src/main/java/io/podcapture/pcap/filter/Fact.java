package io.podcapture.pcap.filter;

/**
 * What is known on a way through a program: the answer to a question, and all that was known before it was asked. Facts
 * form a tree, of which each knows a second, farther ancestor, so that one of a given depth is found in few steps.
 */
final class Fact {
    /** At the start nothing is known. */
    static final Fact NOTHING = new Fact();

    final boolean answer;

    /** What the question compared with, if that was a constant. */
    final int constant;

    private final Fact before;
    private final Fact farBefore;
    private final int depth;

    @SuppressWarnings("NullAway") // Its own ancestor.
    private Fact() {
        answer = false;
        constant = 0;
        depth = 0;
        before = this;
        farBefore = this;
    }

    Fact(Question question, boolean answer, Fact before) {
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

    /** The last that is known in both cases. */
    static Fact common(Fact one, Fact other) {
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
