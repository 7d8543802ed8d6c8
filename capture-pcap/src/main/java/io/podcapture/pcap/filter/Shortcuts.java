package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads each way past questions whose answer is known on it. A value is loaded before anything is known of it, so that no
 * packet is judged otherwise for a question left out because of that, however much of it was captured.
 *
 * <p>What is known where, is found before any way is led elsewhere, as libpcap does it: a way that has been led past a
 * question would hide that the question was answered before the place where it meets others.
 */
final class Shortcuts {
    private static final int MOST_STEPS = 3_000_000;
    private static final int MOST_ROUNDS = 100;

    private final Graph graph;
    private final Questions questions;

    /**
     * Whether a question is left out when both its answers lead to one place. Its loads are then left out too, which may
     * let a packet pass that was cut short of them; so no more may be known than libpcap knows, which does not see what
     * several ways that meet have alike. The first question stays: libpcap keeps its load.
     */
    private final boolean skipNeedless;

    private boolean changed;

    private final Looks looks = new Looks(MOST_STEPS);

    Shortcuts(Graph graph, Questions questions, boolean skipNeedless) {
        this.graph = graph;
        this.questions = questions;
        this.skipNeedless = skipNeedless;
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
        return looks.areUsedUp();
    }

    /** How many places were looked at. */
    int stepsTaken() {
        return looks.taken();
    }

    private void takeOnce() {
        List<Node> nodes = graph.inOrder();
        looks.take(nodes.size());
        FactTree tree = new FactTree();
        List<Fact> known = find(nodes, tree);
        // From the end on, so that a way past many questions, each of them needless, is a short one.
        for (int i = nodes.size() - 1; i >= 0; i--) {
            lead(nodes.get(i), true, known.get(2 * i));
            lead(nodes.get(i), false, known.get(2 * i + 1));
        }
        graph.start = target(graph.start, tree.root, false);
    }

    /** What is known behind each place if its answer is yes, and if it is no. */
    private List<Fact> find(List<Node> nodes, FactTree tree) {
        questions.forgetFacts();
        for (Node node : nodes) {
            node.known = null;
        }
        List<Fact> found = new ArrayList<>(2 * nodes.size());
        for (Node node : nodes) {
            Fact before = node.known == null ? tree.root : node.known;
            Question question = node.question;
            Fact yes = question == null ? before : tree.and(before, question, true);
            Fact no = question == null ? before : tree.and(before, question, false);
            found.add(yes);
            found.add(no);
            arrive(node.whenTrue, yes, tree);
            arrive(node.whenFalse, no, tree);
        }
        tree.finish(looks);
        return found;
    }

    private void arrive(@Nullable Node node, Fact fact, FactTree tree) {
        if (node != null && !node.isEnd()) {
            Fact others = node.known;
            node.known = others == null
                    ? fact
                    : skipNeedless ? Fact.lastOfBoth(others, fact) : Fact.common(others, fact, tree);
        }
    }

    private void lead(Node node, boolean answer, Fact known) {
        Node exit = node.exit(answer);
        if (exit != null) {
            Node target = target(exit, known, skipNeedless);
            changed |= target != exit;
            node.setExit(answer, target);
        }
    }

    /** Where one gets to from there without a question whose answer is not known. */
    private Node target(Node from, Fact known, boolean pastNeedless) {
        Node node = from;
        Node next = from;
        while (next != null) {
            node = next;
            next = looks.take() && node.question != null ? behind(node, node.question, known, pastNeedless) : null;
        }
        return node;
    }

    private @Nullable Node behind(Node node, Question question, Fact known, boolean pastNeedless) {
        if (question.isDecided()) {
            return node.exit(question.answer());
        }
        if (isNeedless(node, pastNeedless)) {
            return node.whenTrue;
        }
        Boolean answer = answer(question, known);
        return answer == null ? null : node.exit(answer);
    }

    private boolean isNeedless(Node node, boolean anywhere) {
        return node.whenTrue == node.whenFalse && (anywhere || node.whenTrue == graph.reject);
    }

    private @Nullable Boolean answer(Question question, Fact known) {
        Fact same = question.facts.holding(known, looks);
        if (same != null) {
            return same.answer;
        }
        // What equals one constant equals no other.
        if (question.operation == Bpf.JEQ && question.right.isConstant()) {
            Fact other = question.left.equalities.holding(known, looks);
            if (other != null) {
                return other.constant == question.right.operand;
            }
        }
        return null;
    }
}
