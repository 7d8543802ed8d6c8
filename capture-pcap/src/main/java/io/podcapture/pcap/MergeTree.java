package io.podcapture.pcap;

import java.util.List;

/**
 * The sources of a merge that stand on a packet, the one to be written next on top. Equal times: input order.
 *
 * <p>A tree of losers: each node holds who lost there, and the top who never did, so that a new time of the top is
 * compared once on each level, with those it may lose to. Its matches are along one path, so what they look at lies together.
 */
final class MergeTree {
    private final MergeSource[] sources;

    /** Who lost at a node. */
    private final int[] losers;

    /** The time of who lost there. */
    private final long[] times;

    /** Decide between equal times; those that have ended are behind all others. */
    private final int[] ranks;

    private int top;
    private int left;

    MergeTree(List<MergeSource> onPacket) {
        left = onPacket.size();
        sources = onPacket.toArray(new MergeSource[0]);
        losers = new int[left];
        times = new long[left];
        ranks = new int[left];
        for (int i = 0; i < left; i++) {
            ranks[i] = i;
        }
        if (left > 0) {
            top = play();
        }
    }

    boolean isEmpty() {
        return left == 0;
    }

    MergeSource top() {
        return sources[top];
    }

    /** The top has moved to its next packet. */
    void topMoved(long time) {
        int winner = top;
        long least = time;
        for (int node = winner + losers.length >> 1; node > 0; node >>= 1) {
            long other = times[node];
            if (other < least || other == least && ranks[losers[node]] < ranks[winner]) {
                int loser = winner;
                winner = losers[node];
                losers[node] = loser;
                times[node] = least;
                least = other;
            }
        }
        top = winner;
    }

    /** The top has no packet left. */
    void topEnded() {
        left--;
        ranks[top] += sources.length;
        topMoved(Long.MAX_VALUE);
    }

    /** Plays all matches, from the leaves up; returns who won the last. Node i has the children 2i and 2i + 1. */
    private int play() {
        int count = sources.length;
        int[] winners = new int[2 * count];
        for (int i = 0; i < count; i++) {
            winners[count + i] = i;
        }
        for (int node = count - 1; node > 0; node--) {
            int a = winners[2 * node];
            int b = winners[2 * node + 1];
            boolean first = before(a, b);
            winners[node] = first ? a : b;
            losers[node] = first ? b : a;
            times[node] = sources[losers[node]].timestampNanos;
        }
        return winners[1];
    }

    private boolean before(int a, int b) {
        long time = sources[a].timestampNanos;
        long other = sources[b].timestampNanos;
        return time < other || time == other && a < b;
    }
}
