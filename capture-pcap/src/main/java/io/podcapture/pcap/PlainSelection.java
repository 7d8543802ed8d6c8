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

    /** Over the buffer last seen, for filters. */
    private @Nullable ByteBuffer seen;

    private ByteBuffer octets = ByteBuffer.allocate(0);

    PlainSelection(CopyCount count, FileFilter filter, SelectionCriteria criteria, boolean wanted) {
        this.count = count;
        this.filter = filter;
        this.wanted = wanted;
        first = criteria.firstNanos();
        last = criteria.lastNanos();
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
        while (reader.plainAt == input.start) {
            // The next record, and what the one behind it says of it: as in PcapReader.nextPlain.
            int at = reader.plainAt;
            long time = reader.plainTime;
            long lengths = reader.plainLengths;
            int captured = (int) lengths;
            int end = at + PcapFileHeader.RECORD_HEADER + captured;
            if (end + PcapFileHeader.RECORD_HEADER > input.end) {
                return false;
            }
            long timeBehind = buffer.getLong(end);
            long lengthsBehind = buffer.getLong(end + 8);
            if (!PcapReader.isPlain(timeBehind, lengthsBehind, reader.declaredSecond)) {
                return false;
            }
            long ticks = (time & PcapReader.LOW) * reader.resolution + (time >>> 32);
            long nanos = ticks * reader.nanosPerTick;
            int position = at + PcapFileHeader.RECORD_HEADER;
            long original = lengths >>> 32;
            reader.ticks = ticks;
            reader.timestampNanos = nanos;
            reader.dataPosition = position;
            reader.capturedLength = captured;
            if (captured > reader.longestCaptured) {
                reader.longestCaptured = captured;
            }
            reader.originalLength = original;
            reader.verbatim = reader.plainForm;
            reader.plainTime = timeBehind;
            reader.plainLengths = lengthsBehind;
            reader.plainAt = end;
            input.start = end;
            input.startOffset += end - at;
            count.read++;
            if (nanos >= first && nanos <= last && program.matches(octets, position, captured, original) == wanted) {
                return true;
            }
        }
        return false;
    }
}
