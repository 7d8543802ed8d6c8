package io.podcapture.pcap;

import java.util.List;

/**
 * The sources of a merge that stand on a packet, the one to be written next on top. Equal times: input order.
 *
 * <p>A tree of losers: each node holds who lost there, and the top who never did, so that a new time of the top is
 * compared once on each level, with those it may lose to.
 */
final class MergeTree {
    private final MergeSource[] sources;
    private final long[] times;

    /** Decide between equal times; those that have ended are behind all others. */
    private final int[] ranks;

    private final int[] losers;
    private int top;
    private int left;

    MergeTree(List<MergeSource> onPacket) {
        left = onPacket.size();
        sources = onPacket.toArray(new MergeSource[0]);
        times = new long[left];
        ranks = new int[left];
        losers = new int[left];
        for (int i = 0; i < left; i++) {
            times[i] = sources[i].timestampNanos;
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
    void topMoved() {
        times[top] = sources[top].timestampNanos;
        rise();
    }

    /** The top has no packet left. */
    void topEnded() {
        left--;
        times[top] = Long.MAX_VALUE;
        ranks[top] += sources.length;
        rise();
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
        }
        return winners[1];
    }

    private void rise() {
        int winner = top;
        for (int node = winner + sources.length >> 1; node > 0; node >>= 1) {
            int other = losers[node];
            // No branch: who wins cannot be foretold.
            boolean loses = before(other, winner);
            losers[node] = loses ? winner : other;
            winner = loses ? other : winner;
        }
        top = winner;
    }

    private boolean before(int a, int b) {
        long time = times[a];
        long other = times[b];
        return time < other || time == other && ranks[a] < ranks[b];
    }
}
