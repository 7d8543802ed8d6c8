package io.podcapture.pcap.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads each way past questions whose answer is known on it. A value is loaded before anything is known of it, so that no
 * packet is judged otherwise for a question left out because of that, however much of it was captured.
 */
final class Shortcuts {
    /** Of the places where a question was asked, so many are looked at from either end. */
    private static final int MOST_FACTS = 32;

    private static final int MOST_STEPS = 3_000_000;
    private static final int MOST_ROUNDS = 100;

    private final Graph graph;
    private final Questions questions;

    /**
     * Whether a question is left out when both its answers lead to one place. Its loads are then left out too, which may
     * let a packet pass that was cut short of them. The first question stays: libpcap keeps its load.
     */
    private final boolean skipNeedless;

    private final boolean alike;
    private boolean changed;

    /** Steps left: most filters need a few for each question, but some would need as many as there are questions. */
    private int steps = MOST_STEPS;

    /** @param alike as {@link Node#include} has it */
    Shortcuts(Graph graph, Questions questions, boolean skipNeedless, boolean alike) {
        this.graph = graph;
        this.questions = questions;
        this.skipNeedless = skipNeedless;
        this.alike = alike;
    }

    /** Until there are no more. */
    void take() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            changed = false;
            takeOnce();
            if (!changed || isExhausted()) {
                return;
            }
        }
    }

    /** Whether no more will be found, though there may be more. */
    boolean isExhausted() {
        return steps <= 0;
    }

    private void takeOnce() {
        questions.forgetFacts();
        List<Node> nodes = graph.inOrder();
        steps -= nodes.size();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            node.known = null;
            passNeedless(node, true);
            passNeedless(node, false);
        }
        graph.start = target(graph.start, Fact.NOTHING, false);
        graph.start.include(Fact.NOTHING, alike);
        for (Node node : nodes) {
            if (node.known == null) {
                continue;
            }
            Question question = node.question;
            if (question == null) {
                lead(node, true, node.known);
                lead(node, false, node.known);
            } else {
                Fact yes = question.known(true, node.known);
                Fact no = question.known(false, node.known);
                lead(node, true, yes);
                lead(node, false, no);
            }
        }
    }

    /** From the end on: what leads to needless questions only may be needless itself then. */
    private void passNeedless(Node node, boolean answer) {
        Node exit = node.exit(answer);
        if (exit != null && isNeedless(exit, skipNeedless)) {
            node.setExit(answer, exit.needExit(true));
            changed = true;
        }
    }

    private boolean isNeedless(Node node, boolean anywhere) {
        return node.question != null && node.whenTrue == node.whenFalse && (anywhere || node.whenTrue == graph.reject);
    }

    private void lead(Node node, boolean answer, Fact known) {
        Node exit = node.exit(answer);
        if (exit == null) {
            return;
        }
        Node target = target(exit, known, skipNeedless);
        if (target != exit) {
            node.setExit(answer, target);
            changed = true;
        }
        if (!target.isEnd()) {
            target.include(known, alike);
        }
    }

    /** Where one gets to from there without a question whose answer is not known. */
    private Node target(Node from, Fact known, boolean pastNeedless) {
        Node node = from;
        while (true) {
            Question question = node.question;
            Node next = null;
            if (question != null) {
                if (question.isDecided()) {
                    next = node.exit(question.answer());
                } else if (isNeedless(node, pastNeedless)) {
                    next = node.whenTrue;
                } else if (steps > 0) {
                    steps--;
                    Boolean answer = answer(question, known);
                    next = answer == null ? null : node.exit(answer);
                }
            }
            if (next == null) {
                return node;
            }
            node = next;
        }
    }

    private static @Nullable Boolean answer(Question question, Fact known) {
        Fact same = holding(question.facts, known);
        if (same != null) {
            return same.answer;
        }
        // What equals one constant equals no other.
        if (question.operation == Bpf.JEQ && question.right.isConstant()) {
            Fact other = holding(question.left.equalities, known);
            if (other != null) {
                return other.constant == question.right.operand;
            }
        }
        return null;
    }

    private static @Nullable Fact holding(List<Fact> facts, Fact known) {
        int count = facts.size();
        for (int i = 0; i < count; i++) {
            if (i == MOST_FACTS && count > 2 * MOST_FACTS) {
                i = count - MOST_FACTS;
            }
            if (facts.get(i).holdsWith(known)) {
                return facts.get(i);
            }
        }
        return null;
    }
}
