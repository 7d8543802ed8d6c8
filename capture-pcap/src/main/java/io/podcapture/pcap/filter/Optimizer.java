package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** Makes a filter's program short, and finds out, as far as libpcap does, whether any packet can match. */
final class Optimizer {
    private static final int MOST_ROUNDS = 100;

    private final Graph graph;
    private final Questions questions;

    Optimizer(Graph graph, Questions questions) {
        this.graph = graph;
        this.questions = questions;
    }

    /**
     * Leads all ways as libpcap does while it compares values: as they are written, for it works out constants only
     * afterwards, and then compares no more.
     */
    void compare() {
        Shortcuts shortcuts = new Shortcuts(graph, questions, true);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            shortcuts.take();
            if (!new Regrouping(graph).take()) {
                return;
            }
        }
    }

    /** {@return the first value that is refused when its constants are worked out; null if there is none} */
    @Nullable Value refused() {
        for (Node node : graph.inOrder()) {
            if (node.question != null) {
                Value value = node.question.left.refusal == null ? node.question.right : node.question.left;
                if (value.refusal != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /** {@return whether no packet can match, as far as libpcap finds out} Ask after {@link #compare}. */
    boolean rejectsAll() {
        Node node = graph.start;
        while (node.question != null) {
            Questions.Asked asked = questions.folded(node.question);
            if (!asked.question().isDecided() && node.whenTrue != node.whenFalse) {
                return false;
            }
            node = node.needExit(asked.question().isDecided() && asked.question().answer() ^ asked.negated());
        }
        // Where nothing is left to ask, nothing is loaded.
        graph.start = node;
        return node == graph.reject;
    }

    /** Asks each question in its shortest form, and none whose answer is then known. */
    void shorten() {
        for (Node node : graph.inOrder()) {
            Question question = node.question;
            if (question != null) {
                Questions.Asked asked = questions.folded(question);
                node.question = asked.question();
                if (asked.negated()) {
                    node.swapExits();
                }
            }
        }
        new Shortcuts(graph, questions, false).take();
    }
}
