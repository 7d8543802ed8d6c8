package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One input of a merge: its cursor, what it maps to in the output, and what was counted. */
final class MergeSource implements Closeable {
    private final MergeInput input;
    private final @Nullable PacketCursor cursor;
    private int[] outputIndexes = new int[1];
    private int mapped;
    private long highest = Long.MIN_VALUE;
    private @Nullable PcapFormatException damage;

    long read;
    long packets;
    long octets;
    long outOfOrder;
    long withoutTimestamp;

    private MergeSource(MergeInput input, @Nullable PacketCursor cursor, @Nullable PcapFormatException damage) {
        this.input = input;
        this.cursor = cursor;
        this.damage = damage;
    }

    /** A file that ends within its header is an input without packets; one that is no capture file is refused. */
    static MergeSource open(MergeInput input, int bufferOctets) throws IOException {
        try {
            return new MergeSource(input, PacketCursor.open(input.file(), bufferOctets), null);
        } catch (PcapFormatException e) {
            if (e.truncated()) {
                return new MergeSource(input, null, e);
            }
            throw e.in(input.file());
        } catch (IOException e) {
            throw new IOException("cannot read capture file " + input.file() + ": " + e, e);
        }
    }

    /** Moves to the next packet that is to be written; false at the end, and where the input is damaged. */
    boolean next() throws IOException {
        if (cursor == null || damage != null) {
            return false;
        }
        try {
            do {
                if (!cursor.next()) {
                    return false;
                }
                read++;
            } while (!input.takes(cursor.timestampNanos()));
            return true;
        } catch (PcapFormatException e) {
            damage = e;
            return false;
        } catch (IOException e) {
            throw new IOException("cannot read capture file " + input.file() + ": " + e.getMessage(), e);
        }
    }

    long timestampNanos() {
        return packet().timestampNanos();
    }

    void writePacket(PcapngWriter writer) throws IOException {
        PacketCursor packet = packet();
        writer.write(outputIndexes[packet.interfaceIndex()], packet);
        packets++;
        octets += packet.capturedLength();
        if (!packet.hasTimestamp()) {
            withoutTimestamp++;
        }
        long time = packet.timestampNanos();
        if (time < highest) {
            outOfOrder++;
        } else {
            highest = time;
        }
    }

    boolean hasUnmapped() {
        return cursor != null && mapped < cursor.interfaceCount();
    }

    /** The description to write for the first interface that is not yet mapped. */
    InterfaceDescription unmapped() {
        PacketCursor open = packet();
        return input.relabel(mapped, open.interfaceAt(mapped));
    }

    void map(int outputIndex) {
        if (mapped == outputIndexes.length) {
            outputIndexes = Arrays.copyOf(outputIndexes, 2 * mapped);
        }
        outputIndexes[mapped++] = outputIndex;
    }

    OptionalInt firstOutputIndex() {
        return mapped == 0 ? OptionalInt.empty() : OptionalInt.of(outputIndexes[0]);
    }

    Path file() {
        return input.file();
    }

    Optional<InterfaceStatistics> statistics() {
        return input.statistics();
    }

    long skippedBlocks() {
        return cursor == null ? 0 : cursor.skippedBlocks();
    }

    long endOffset() {
        return cursor == null ? 0 : cursor.offset();
    }

    Optional<PcapFormatException> damage() {
        return Optional.ofNullable(damage);
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
        }
    }

    private PacketCursor packet() {
        if (cursor == null) {
            throw new IllegalStateException(input.file() + " has no packets");
        }
        return cursor;
    }
}
