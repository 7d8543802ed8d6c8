package io.podcapture.pcap.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what is asked of one value. In a chain of questions that one answer leads all to the same place, and the
 * other from each to the next, the order decides nothing but what is loaded when. What is asked of the value that was
 * loaded last in front of the chain comes first; then that of the value the chain begins with, and so on.
 */
final class Regrouping {
    /** Where a way comes from; the start has no node. */
    private record Entrance(@Nullable Node node, boolean answer) {}

    private final Graph graph;
    private final Map<Node, List<Entrance>> entrances = new HashMap<>();
    private boolean changed;

    Regrouping(Graph graph) {
        this.graph = graph;
    }

    /** {@return whether anything changed} */
    boolean take() {
        for (boolean shared : new boolean[] {true, false}) {
            List<Node> nodes = graph.inOrder();
            findEntrances(nodes);
            Set<Node> done = new HashSet<>();
            for (Node node : nodes) {
                if (node.question != null && !done.contains(node)) {
                    List<Node> chain = chain(node, shared);
                    done.addAll(chain);
                    if (chain.size() > 1) {
                        regroup(chain, shared);
                    }
                }
            }
        }
        return changed;
    }

    private void findEntrances(List<Node> nodes) {
        entrances.clear();
        enter(graph.start, new Entrance(null, true));
        for (Node node : nodes) {
            enter(node.whenTrue, new Entrance(node, true));
            enter(node.whenFalse, new Entrance(node, false));
        }
    }

    private void enter(@Nullable Node node, Entrance entrance) {
        if (node != null && !node.isEnd()) {
            List<Entrance> to = entrances.get(node);
            if (to == null) {
                to = new ArrayList<>();
                entrances.put(node, to);
            }
            to.add(entrance);
        }
    }

    /** @param shared the answer that leads all to the same place */
    private List<Node> chain(Node first, boolean shared) {
        List<Node> chain = new ArrayList<>();
        chain.add(first);
        Node node = first.exit(!shared);
        while (node != null
                && node.question != null
                && node.exit(shared) == first.exit(shared)
                && entrances.getOrDefault(node, List.of()).size() == 1) {
            chain.add(node);
            node = node.exit(!shared);
        }
        return chain;
    }

    private void regroup(List<Node> chain, boolean shared) {
        Node first = chain.get(0);
        Node last = chain.get(chain.size() - 1);
        Node behind = last.exit(!shared);
        List<Entrance> before = entrances.getOrDefault(first, List.of());
        Map<Quantity, List<Node>> groups = new LinkedHashMap<>();
        Quantity loaded = loaded(before);
        if (loaded != null) {
            groups.put(loaded, new ArrayList<>());
        }
        for (Node node : chain) {
            if (node.question != null) {
                List<Node> group = groups.get(node.question.left);
                if (group == null) {
                    group = new ArrayList<>();
                    groups.put(node.question.left, group);
                }
                group.add(node);
            }
        }
        List<Node> regrouped = new ArrayList<>();
        for (List<Node> group : groups.values()) {
            regrouped.addAll(group);
        }
        if (regrouped.equals(chain) || behind == null) {
            return;
        }
        changed = true;
        for (int i = 0; i < regrouped.size(); i++) {
            regrouped.get(i).setExit(!shared, i + 1 < regrouped.size() ? regrouped.get(i + 1) : behind);
        }
        for (Entrance entrance : before) {
            if (entrance.node == null) {
                graph.start = regrouped.get(0);
            } else {
                entrance.node.setExit(entrance.answer, regrouped.get(0));
            }
        }
        entrances.put(regrouped.get(0), before);
        Node end = regrouped.get(regrouped.size() - 1);
        List<Entrance> after = entrances.getOrDefault(behind, new ArrayList<>());
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i).node == last && after.get(i).answer == !shared) {
                after.set(i, new Entrance(end, !shared));
            }
        }
    }

    /** What is in the accumulator on each way in; null if that is not the same. */
    private static @Nullable Quantity loaded(List<Entrance> entrances) {
        Quantity loaded = null;
        for (Entrance entrance : entrances) {
            Node node = entrance.node;
            if (node == null || node.question == null || loaded != null && loaded != node.question.left) {
                return null;
            }
            loaded = node.question.left;
        }
        return loaded;
    }
}
