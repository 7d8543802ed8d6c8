package io.podcapture.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one side of a TCP connection received. Positions are sequence numbers counted from the other side's SYN. */
final class ReceiveQueue {
    private final TreeMap<Long, Long> early = new TreeMap<>();
    private long next;
    private long finish = Long.MAX_VALUE;
    private long latest = -1;
    private TcpOptions.Range repeated = new TcpOptions.Range(0, 0);

    /** Takes what lies from one position to another. */
    void arrived(long from, long to, boolean fin) {
        if (fin) {
            finish = to;
        }
        repeated = new TcpOptions.Range(from, to <= next || early.containsKey(from) ? to : from);
        if (from > next) {
            early.put(from, to);
            latest = from;
        } else if (to > next) {
            next = to;
            for (Map.Entry<Long, Long> first = early.firstEntry();
                    first != null && first.getKey() <= next;
                    first = early.firstEntry()) {
                next = Math.max(next, first.getValue());
                early.remove(first.getKey());
            }
        }
    }

    long next() {
        return next;
    }

    boolean isFinished() {
        return next >= finish;
    }

    /** {@return whether the last that arrived was all new and in order} */
    boolean isSmooth() {
        return early.isEmpty() && repeated.from() == repeated.to();
    }

    /** {@return octets of data that arrived in order} */
    long octets() {
        return Math.max(0, next - 1 - (isFinished() ? 1 : 0));
    }

    /** {@return what to tell the sender: what came twice (RFC 2883), where the last arrived (RFC 2018), then the others} */
    List<TcpOptions.Range> ranges(int atMost) {
        List<TcpOptions.Range> ranges = new ArrayList<>();
        if (repeated.from() < repeated.to()) {
            ranges.add(repeated);
        }
        List<TcpOptions.Range> blocks = blocks();
        blocks.stream().filter(this::isLatest).forEach(ranges::add);
        blocks.stream().filter(block -> !isLatest(block)).forEach(ranges::add);
        return ranges.subList(0, Math.min(atMost, ranges.size()));
    }

    private boolean isLatest(TcpOptions.Range block) {
        return block.from() <= latest && latest < block.to();
    }

    private List<TcpOptions.Range> blocks() {
        List<TcpOptions.Range> blocks = new ArrayList<>();
        early.forEach((from, to) -> {
            int last = blocks.size() - 1;
            if (last >= 0 && blocks.get(last).to() == from) {
                blocks.set(last, new TcpOptions.Range(blocks.get(last).from(), to));
            } else {
                blocks.add(new TcpOptions.Range(from, to));
            }
        });
        return blocks;
    }
}
