package io.podcapture.pcap;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An interface of a file being written. */
final class WrittenInterface {
    /** Where an Interface Description Block has its snaplen. */
    static final int SNAPLEN_AT = 12;

    final PcapngWriter writer;
    final int id;
    final InterfaceDescription description;

    /** Where in the file the snaplen is. */
    final long snaplenOffset;

    /** Another with the same unit, that which was asked for last. */
    private @Nullable InterfaceDescription sameUnit;

    long lastTicks;
    int longestCaptured;

    WrittenInterface(PcapngWriter writer, int id, InterfaceDescription description, long snaplenOffset) {
        this.writer = writer;
        this.id = id;
        this.description = description;
        this.snaplenOffset = snaplenOffset;
    }

    /** Whether times are stored as they are for another interface. */
    boolean hasUnitOf(InterfaceDescription other) {
        if (other == sameUnit) {
            return true;
        }
        if (!other.unit().equals(description.unit())) {
            return false;
        }
        sameUnit = other;
        return true;
    }

    void saw(long ticks, int captured) {
        lastTicks = ticks;
        longestCaptured = Math.max(longestCaptured, captured);
    }

    OptionalLong ticks(Optional<Instant> time) {
        return time.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(description.unit().ticks(TimestampUnit.nanos(time.get())));
    }
}
