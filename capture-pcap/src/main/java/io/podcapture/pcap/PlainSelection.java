package io.podcapture.pcap;

import io.podcapture.pcap.filter.PacketFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next packet of a pcap file that is to be kept, past others, where all are as nearly all are: the short way of a
 * selection from end to end. It is one method for the reason that {@link PlainMerge} is.
 */
final class PlainSelection {
    private final CopyCount count;
    private final FileFilter filter;
    private final long first;
    private final long last;
    private final boolean wanted;
    private final boolean anyTime;

    /** Over the buffer last seen, for filters. */
    private @Nullable ByteBuffer seen;

    private ByteBuffer octets = ByteBuffer.allocate(0);

    PlainSelection(CopyCount count, FileFilter filter, SelectionCriteria criteria, boolean wanted) {
        this.count = count;
        this.filter = filter;
        this.wanted = wanted;
        first = criteria.firstNanos();
        last = criteria.lastNanos();
        anyTime = first == Long.MIN_VALUE && last == Long.MAX_VALUE;
    }

    /** Whether the packet that the cursor is on is to be kept. */
    boolean keeps() {
        RecordReader packet = count.input.record();
        long time = packet.timestampNanos;
        return time >= first && time <= last && filter.matches(packet) == wanted;
    }

    /** Moves to the next packet to be kept; false if the cursor has to move on first, any other way. */
    boolean next() {
        if (!(count.input.record() instanceof PcapReader reader)
                || reader.plainAt != reader.input.start
                || !reader.littleEndian) {
            return false;
        }
        PacketFilter program = filter.on(reader);
        if (program == null) {
            return false;
        }
        CaptureInput input = reader.input;
        ByteBuffer buffer = input.buffer;
        if (buffer != seen) {
            seen = buffer;
            octets = buffer.duplicate().clear().order(ByteOrder.BIG_ENDIAN);
        }
        // What changes is kept in locals until a packet is found, for most are passed over.
        int from = input.start;
        int at = from;
        long time = reader.plainTime;
        long lengths = reader.plainLengths;
        // Of the last packet passed.
        int before = from;
        long timeBefore = time;
        long lengthsBefore = lengths;
        int longest = reader.longestCaptured;
        int count = 0;
        boolean found = false;
        while (!found) {
            // The next record, and what the one behind it says of it: as in PcapReader.nextPlain.
            int captured = (int) lengths;
            int end = at + PcapFileHeader.RECORD_HEADER + captured;
            if (end + PcapFileHeader.RECORD_HEADER > input.end) {
                break;
            }
            long timeBehind = buffer.getLong(end);
            long lengthsBehind = buffer.getLong(end + 8);
            if (!PcapReader.isPlain(timeBehind, lengthsBehind, reader.declaredSecond)) {
                break;
            }
            if (captured > longest) {
                longest = captured;
            }
            found = inTime(reader, time)
                    && program.matches(octets, at + PcapFileHeader.RECORD_HEADER, captured, lengths >>> 32) == wanted;
            before = at;
            timeBefore = time;
            lengthsBefore = lengths;
            at = end;
            time = timeBehind;
            lengths = lengthsBehind;
            count++;
        }
        if (count > 0) {
            reader.ticks = ticks(reader, timeBefore);
            reader.timestampNanos = reader.ticks * reader.nanosPerTick;
            reader.dataPosition = before + PcapFileHeader.RECORD_HEADER;
            reader.capturedLength = (int) lengthsBefore;
            reader.originalLength = lengthsBefore >>> 32;
            reader.longestCaptured = longest;
            reader.verbatim = reader.plainForm;
            reader.plainTime = time;
            reader.plainLengths = lengths;
            reader.plainAt = at;
            input.start = at;
            input.startOffset += at - from;
            this.count.read += count;
        }
        return found;
    }

    private static long ticks(PcapReader reader, long time) {
        return (time & PcapReader.LOW) * reader.resolution + (time >>> 32);
    }

    private boolean inTime(PcapReader reader, long time) {
        if (anyTime) {
            return true;
        }
        long nanos = ticks(reader, time) * reader.nanosPerTick;
        return nanos >= first && nanos <= last;
    }
}
