package io.podcapture.pcap;

/** Where the next file begins. For one input. */
sealed interface SplitPoint {
    /**
     * Whether the packet that the cursor is on is the first of a file. Asked of each, in order.
     *
     * @param packets that the file at hand has
     * @param octets that it has
     */
    boolean isAt(PacketRecord packet, long packets, long octets);

    /** By spans of time from the first packet on. */
    final class Every implements SplitPoint {
        /** Packets are out of order by less; further back, the time of this or of one before is wrong. */
        private static final long DISORDER_NANOS = 1_000_000_000;

        private final long nanos;
        private boolean begun;
        private long start;

        Every(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public boolean isAt(PacketRecord packet, long packets, long octets) {
            if (!packet.hasTimestamp) {
                return false;
            }
            long time = packet.timestampNanos;
            if (!begun) {
                begun = true;
                start = time;
                return false;
            }
            // As unsigned, for two times may be further apart than a long holds.
            long since = time - start;
            if (time < start && Long.compareUnsigned(-since, Math.max(nanos, DISORDER_NANOS)) > 0) {
                start -= Long.divideUnsigned(-since, nanos) * nanos;
                if (start > time) {
                    start = start < Long.MIN_VALUE + nanos ? Long.MIN_VALUE : start - nanos;
                }
                return packets > 0;
            }
            if (time < start || Long.compareUnsigned(since, nanos) < 0) {
                return false;
            }
            start += Long.divideUnsigned(since, nanos) * nanos;
            return packets > 0;
        }
    }

    /** By the size of the file with the packet. */
    record Size(long most) implements SplitPoint {
        private static final int HEADER_AND_PADDING = 36;

        @Override
        public boolean isAt(PacketRecord packet, long packets, long octets) {
            long more = (long) HEADER_AND_PADDING + packet.capturedLength + packet.optionsLength;
            return packets > 0 && octets + more > most;
        }
    }

    /** By the number of packets. */
    record Packets(long most) implements SplitPoint {
        @Override
        public boolean isAt(PacketRecord packet, long packets, long octets) {
            return packets >= most;
        }
    }
}
