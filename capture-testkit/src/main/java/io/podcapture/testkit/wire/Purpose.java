package io.podcapture.testkit.wire;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a packet is for in the script, which may have it lost.
 *
 * @param plan of the script's line; null for packets that no line asked for, such as ARP
 */
record Purpose(PacketKind kind, @Nullable LossPlan plan) {
    static final Purpose UPKEEP = new Purpose(PacketKind.ACK, null);

    Purpose as(PacketKind other) {
        return new Purpose(other, plan);
    }

    /** Counts the packet, and tells whether it gets lost. */
    boolean isLost(SplittableRandom random) {
        return plan != null && plan.loses(kind, random);
    }
}
