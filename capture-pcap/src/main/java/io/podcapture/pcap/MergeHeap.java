package io.podcapture.pcap;

import java.util.List;

/** The sources of a merge that stand on a packet, the one to be written next on top. Equal times: input order. */
final class MergeHeap {
    private final MergeSource[] sources;
    private final long[] times;
    private final int[] ranks;
    private int size;

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

    boolean isEmpty() {
        return size == 0;
    }

    MergeSource top() {
        return sources[0];
    }

    /** The top has moved to its next packet. */
    void topMoved() {
        times[0] = sources[0].timestampNanos;
        sink(0);
    }

    /** The top has no packet left. */
    void topEnded() {
        size--;
        swap(0, size);
        sink(0);
    }

    private void sink(int from) {
        int at = from;
        while (true) {
            int left = 2 * at + 1;
            int right = left + 1;
            int least = left < size && before(left, at) ? left : at;
            least = right < size && before(right, least) ? right : least;
            if (least == at) {
                return;
            }
            swap(at, least);
            at = least;
        }
    }

    private boolean before(int a, int b) {
        return times[a] != times[b] ? times[a] < times[b] : ranks[a] < ranks[b];
    }

    private void swap(int a, int b) {
        MergeSource source = sources[a];
        sources[a] = sources[b];
        sources[b] = source;
        long time = times[a];
        times[a] = times[b];
        times[b] = time;
        int rank = ranks[a];
        ranks[a] = ranks[b];
        ranks[b] = rank;
    }
}
