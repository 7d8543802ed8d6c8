package io.podcapture.pcap;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Walks a cursor to its end and counts, in all and for each interface. */
final class PacketCount {
    final PacketCursor cursor;
    private OfInterface[] interfaces = new OfInterface[0];

    long outOfOrder;
    long withoutTimestamp;
    private long latest = Long.MIN_VALUE;

    PacketCount(PacketCursor cursor) {
        this.cursor = cursor.blocks(this::block);
    }

    void toTheEnd() throws IOException {
        while (cursor.next()) {
            int index = cursor.interfaceIndex();
            if (index >= interfaces.length) {
                describe();
            }
            interfaces[index].add(cursor);
            if (cursor.hasTimestamp()) {
                order(cursor.timestampNanos());
            } else {
                withoutTimestamp++;
            }
        }
        describe();
    }

    /** One for each interface, in file order, once the end is reached. */
    OfInterface[] interfaces() {
        return interfaces;
    }

    private void order(long time) {
        if (time < latest) {
            outOfOrder++;
        } else {
            latest = time;
        }
    }

    private void block(PcapngBlock block) {
        if (block.type == PcapngCodes.INTERFACE_STATISTICS && block.length >= InterfaceStatisticsReader.LEAST_LENGTH) {
            describe();
            long index = block.interfaceIndex(block.u32(8));
            if (index >= 0 && index < interfaces.length) {
                OfInterface of = interfaces[(int) index];
                of.counted = Optional.of(InterfaceStatisticsReader.read(block, of.description.unit()));
            }
        }
    }

    private void describe() {
        int known = interfaces.length;
        if (known < cursor.interfaceCount()) {
            interfaces = Arrays.copyOf(interfaces, cursor.interfaceCount());
            for (int i = known; i < interfaces.length; i++) {
                interfaces[i] = new OfInterface(cursor.interfaceAt(i));
            }
        }
    }

    /** What one interface saw. */
    static final class OfInterface {
        InterfaceDescription description;
        long packets;
        long captured;
        long original;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        /** What the file itself says was counted, in its last statistics of the interface. */
        Optional<InterfaceStatistics> counted = Optional.empty();

        OfInterface(InterfaceDescription description) {
            this.description = description;
        }

        private void add(PacketCursor packet) {
            packets++;
            captured += packet.capturedLength();
            original += packet.originalLength();
            if (packet.hasTimestamp()) {
                long time = packet.timestampNanos();
                first = Math.min(first, time);
                last = Math.max(last, time);
            }
        }

        Optional<Instant> first() {
            return first > last ? Optional.empty() : Optional.of(TimestampUnit.instant(first));
        }

        Optional<Instant> last() {
            return first > last ? Optional.empty() : Optional.of(TimestampUnit.instant(last));
        }
    }
}
