package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * A place in a program: a question and where each answer leads, something to be done with one way on, or an end. Ways lead
 * forward only, and several may lead to one place.
 */
final class Node {
    /** Null where nothing is asked. */
    @Nullable
    Question question;

    /** What is done instead of a question; null where nothing is. */
    final @Nullable Action action;

    /** Null until it is known where the program goes on, and at an end. */
    @Nullable
    Node whenTrue;

    @Nullable
    Node whenFalse;

    /** What is known on each way here; null while no way is. */
    @Nullable
    Fact known;

    /** The round of a walk that was here last. */
    int visited;

    private Node(@Nullable Question question, @Nullable Action action) {
        this.question = question;
        this.action = action;
    }

    static Node asking(Question question) {
        return new Node(question, null);
    }

    static Node doing(Action action) {
        return new Node(null, action);
    }

    static Node end() {
        return new Node(null, null);
    }

    boolean isEnd() {
        return question == null && action == null;
    }

    @Nullable
    Node exit(boolean answer) {
        return answer ? whenTrue : whenFalse;
    }

    /** As {@link #exit} where there must be one. */
    Node needExit(boolean answer) {
        Node exit = exit(answer);
        if (exit == null) {
            throw new IllegalStateException("a place leads nowhere");
        }
        return exit;
    }

    void setExit(boolean answer, Node target) {
        if (answer) {
            whenTrue = target;
        } else {
            whenFalse = target;
        }
    }

    void swapExits() {
        Node exit = whenTrue;
        whenTrue = whenFalse;
        whenFalse = exit;
    }
}
