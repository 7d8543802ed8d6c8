package io.podcapture.pcap.filter;

/** Makes a filter's program short, and finds out, as far as libpcap does, whether any packet can match. */
final class Optimizer {
    private static final int MOST_ROUNDS = 100;

    private final Graph graph;
    private final Compilation compilation;
    private final Questions questions;

    Optimizer(Graph graph, Compilation compilation) {
        this.graph = graph;
        this.compilation = compilation;
        this.questions = compilation.questions;
    }

    /** @throws FilterSyntaxException if no packet can match, or a number cannot be worked out */
    void run() throws FilterSyntaxException {
        // libpcap optimizes no program that keeps something from one part of the filter to another.
        if (!compilation.scratch.lastsBeyondQuestions()) {
            compare();
            refuseUndefined();
            Node start = skipNeedless();
            if (start == graph.reject) {
                throw new FilterSyntaxException(
                        compilation.source.text, 1, "expression rejects all packets of this link type");
            }
            if (start == graph.accept) {
                graph.start = graph.accept;
            }
        }
        shorten();
    }

    /**
     * Leads all ways as libpcap does while it compares values: as they are written, for it works out constants only
     * afterwards, and then compares no more.
     */
    private void compare() {
        Shortcuts shortcuts = new Shortcuts(graph, questions, true);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            shortcuts.take();
            if (shortcuts.isExhausted() || !new Regrouping(graph).take()) {
                return;
            }
        }
    }

    private void refuseUndefined() throws FilterSyntaxException {
        for (Node node : graph.inOrder()) {
            Question question = node.question;
            if (question != null) {
                Quantity.Refusal left = question.left.refusal;
                Quantity.Refusal refusal = left == null ? question.right.refusal : left;
                if (refusal != null) {
                    throw compilation.source.refused(refusal.place(), refusal.reason());
                }
            }
        }
    }

    /** Where the first question is that decides something: there is an end if none does, and then nothing is loaded. */
    private Node skipNeedless() {
        Node node = graph.start;
        while (node.question != null) {
            Questions.Asked asked = questions.folded(node.question);
            if (!asked.question().isDecided() && node.whenTrue != node.whenFalse) {
                return node;
            }
            node = node.needExit(
                    asked.question().isDecided() && asked.question().answer() ^ asked.negated());
        }
        return node;
    }

    /** Asks each question in its shortest form, and none whose answer is then known. */
    private void shorten() {
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
