package io.podcapture.pcap;

import java.util.List;

/** The sources of a merge that stand on a packet, the one to be written next on top. Equal times: input order. */
final class MergeHeap {
    /** Of which the first {@link #size} are meant. */
    final MergeSource[] sources;

    private final long[] times;
    private final int[] ranks;
    int size;

    MergeHeap(List<MergeSource> onPacket) {
        size = onPacket.size();
        sources = onPacket.toArray(new MergeSource[0]);
        times = new long[size];
        ranks = new int[size];
        for (int i = 0; i < size; i++) {
            times[i] = sources[i].timestampNanos;
            ranks[i] = i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /** The top has moved to its next packet. */
    void topMoved() {
        times[0] = sources[0].timestampNanos;
        sink(0);
    }

    /** The top has no packet left. */
    void topEnded() {
        size--;
        sources[0] = sources[size];
        times[0] = times[size];
        ranks[0] = ranks[size];
        sink(0);
    }

    /** Moves what comes before it up, until there is its place: each is written once. */
    private void sink(int from) {
        MergeSource source = sources[from];
        long time = times[from];
        int rank = ranks[from];
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(child + 1, child)) {
                child++;
            }
            if (times[child] > time || times[child] == time && ranks[child] > rank) {
                break;
            }
            sources[at] = sources[child];
            times[at] = times[child];
            ranks[at] = ranks[child];
            at = child;
        }
        sources[at] = source;
        times[at] = time;
        ranks[at] = rank;
    }

    private boolean before(int a, int b) {
        return times[a] != times[b] ? times[a] < times[b] : ranks[a] < ranks[b];
    }
}
