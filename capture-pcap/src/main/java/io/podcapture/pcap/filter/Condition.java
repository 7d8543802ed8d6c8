package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * A part of a program with one way in and two out, for yes and for no, that lead nowhere yet. Two become one by
 * {@link #and} and {@link #or}, after which only the result may be used: none is ever copied, so that a filter of any
 * length or depth is put together in one walk over its text.
 */
final class Condition {
    private final Node head;
    private Exits yes;
    private Exits no;

    private Condition(Node head, Exits yes, Exits no) {
        this.head = head;
        this.yes = yes;
        this.no = no;
    }

    static Condition asking(Question question) {
        return of(Node.asking(question));
    }

    /** Holds or not as the action says; one that asks nothing always holds. */
    static Condition doing(Action action) {
        return of(Node.doing(action));
    }

    private static Condition of(Node node) {
        return new Condition(node, new Exits(node, true), new Exits(node, false));
    }

    Condition and(Condition next) {
        yes.leadTo(next.head);
        return new Condition(head, next.yes, no.joined(next.no));
    }

    Condition or(Condition next) {
        no.leadTo(next.head);
        return new Condition(head, yes.joined(next.yes), next.no);
    }

    Condition not() {
        Exits swapped = yes;
        yes = no;
        no = swapped;
        return this;
    }

    /** Two ways to a third part, chosen by this one: it holds if the part on the way taken does. */
    Condition choose(Condition whenTrue, Condition whenFalse) {
        yes.leadTo(whenTrue.head);
        no.leadTo(whenFalse.head);
        return new Condition(head, whenTrue.yes.joined(whenFalse.yes), whenTrue.no.joined(whenFalse.no));
    }

    /** Says where both ways out lead; returns where the way in does. */
    Node leadTo(Node accept, Node reject) {
        yes.leadTo(accept);
        no.leadTo(reject);
        return head;
    }

    /** Ways out that will lead to the same place: a list that is joined to another in one step. */
    private static final class Exits {
        private final Node node;
        private final boolean answer;
        private @Nullable Exits next;
        private Exits last = this;

        @SuppressWarnings("this-escape")
        Exits(Node node, boolean answer) {
            this.node = node;
            this.answer = answer;
        }

        Exits joined(Exits more) {
            last.next = more;
            last = more.last;
            return this;
        }

        void leadTo(Node target) {
            for (Exits exit = this; exit != null; exit = exit.next) {
                exit.node.setExit(exit.answer, target);
            }
        }
    }
}
