package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known on the ways through a graph, found in one walk from its start and asked for once all of it is there. Who
 * knows something knows also all that was known before, so that one comparison of numbers tells what is known where.
 */
final class FactTree {
    /** Nothing is known. */
    final Fact root = new Fact();

    private final List<Fact> facts = new ArrayList<>();

    /** A new fact: this answer, and all that was known before. */
    Fact and(Fact before, Question question, boolean answer) {
        Fact fact = new Fact(question, answer, before);
        facts.add(fact);
        return fact;
    }

    /** Numbers the facts, each right in front of those that follow from it, and tells their questions of them. */
    void finish(Looks looks) {
        for (int i = facts.size() - 1; i >= 0; i--) {
            facts.get(i).countBefore();
        }
        Fact[] ordered = new Fact[facts.size() + 1];
        for (Fact fact : facts) {
            fact.number();
            ordered[fact.order()] = fact;
        }
        for (int i = 1; i < ordered.length; i++) {
            ordered[i].enter(looks);
        }
    }
}
