package io.podcapture.local;

import io.podcapture.spi.ToolCounters;
import java.util.OptionalLong;

/**
 * libpcap's counters, which have 32 bits and begin again at zero, as numbers that only grow: they must be taken once at least
 * within 4 billion packets. Used by one thread.
 */
final class PacketCounts {
    private static final long MASK = 0xffff_ffffL;

    private long received;
    private long dropped;
    private long droppedByInterface;

    void take(int received, int dropped, int droppedByInterface) {
        this.received += received - this.received & MASK;
        this.dropped += dropped - this.dropped & MASK;
        this.droppedByInterface = droppedByInterface & MASK;
    }

    ToolCounters with(long captured) {
        return new ToolCounters(
                OptionalLong.of(captured),
                OptionalLong.of(received),
                OptionalLong.of(dropped),
                OptionalLong.of(droppedByInterface));
    }
}
