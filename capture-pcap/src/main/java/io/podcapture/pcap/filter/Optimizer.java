package io.podcapture.pcap.filter;

/** Makes a filter's program short, and finds out, as far as libpcap does, whether any packet can match. */
final class Optimizer {
    private final Graph graph;
    private final Questions questions;

    Optimizer(Graph graph, Questions questions) {
        this.graph = graph;
        this.questions = questions;
    }

    /**
     * {@return whether libpcap would find that no packet matches} It compares values as they are written, and works out
     * constants only afterwards, when it compares no more but for the first question.
     */
    boolean rejectsAll() {
        new Shortcuts(graph, questions, true).take();
        Node node = graph.start;
        while (node.question != null) {
            Questions.Asked asked = questions.folded(node.question);
            Node next;
            if (asked.question().isDecided()) {
                next = node.exit(asked.question().answer() ^ asked.negated());
            } else if (node.whenTrue == node.whenFalse) {
                next = node.whenTrue;
            } else {
                return false;
            }
            if (next == null) {
                throw new IllegalStateException("a question leads nowhere");
            }
            node = next;
        }
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
