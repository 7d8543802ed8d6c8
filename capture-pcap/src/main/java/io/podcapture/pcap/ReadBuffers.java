package io.podcapture.pcap;

import java.nio.ByteBuffer;

/** Memory that several inputs are read into, all together bounded: the more of them, the less for each. */
final class ReadBuffers {
    private static final int MOST = 32 << 20;
    private static final int LEAST_EACH = 512;

    private final int share;
    private final ByteBuffer all;
    private int next;

    ReadBuffers(int inputs) {
        // Memory outside of the heap has by default the heap's limit for itself.
        long budget = Math.min(MOST, Runtime.getRuntime().maxMemory() / 2);
        long each = budget / Math.max(1, inputs) & -LEAST_EACH;
        share = (int) Math.max(LEAST_EACH, Math.min(PacketCursor.BUFFER_OCTETS, each));
        all = allocate(share * inputs);
    }

    /** The buffer of one more input. */
    ByteBuffer next() {
        next += share;
        return all.slice(next - share, share);
    }

    int share() {
        return share;
    }

    /** Outside the heap if there is room. */
    static ByteBuffer allocate(int octets) {
        try {
            return ByteBuffer.allocateDirect(octets);
        } catch (OutOfMemoryError e) {
            // The limit is lower than the heap's, or others have used it up. Then each read copies once more.
            return ByteBuffer.allocate(octets);
        }
    }
}
