package io.podcapture.pcap.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as places with ways between them, all of which lead forward to one of two ends. */
final class Graph {
    final Node accept = Node.end();
    final Node reject = Node.end();
    Node start;
    private int walks;

    /** @param condition null if all packets match */
    Graph(@Nullable Condition condition) {
        start = condition == null ? accept : condition.leadTo(accept, reject);
    }

    /** All places that can be reached, each behind those that lead to it, and where there is a choice behind a yes. */
    List<Node> inOrder() {
        walks++;
        List<Node> finished = new ArrayList<>();
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.push(start);
        while (!waiting.isEmpty()) {
            Node node = waiting.element();
            if (node.isEnd() || node.visited == -walks) {
                waiting.pop();
                continue;
            }
            boolean first = node.visited != walks;
            node.visited = walks;
            if (first) {
                push(waiting, node.whenTrue);
                push(waiting, node.whenFalse);
            } else {
                waiting.pop();
                node.visited = -walks;
                finished.add(node);
            }
        }
        Collections.reverse(finished);
        return finished;
    }

    private void push(Deque<Node> waiting, @Nullable Node node) {
        if (node != null && Math.abs(node.visited) != walks) {
            waiting.push(node);
        }
    }
}
