package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes a packet of pcap and moves on to the next, where both are as nearly all are: the short way of a merge from end to
 * end.
 *
 * <p>It is one method because Java's compilers take one at a time. What is called from a loop is compiled for itself and
 * again within whatever calls it, or, by the compiler that starts fast, is called each time; as a dozen methods, half a
 * second of merging is nearly over when the last of them is compiled.
 */
final class PlainMerge {
    private final MergeTree tree;
    private final CopyOutput output;
    private final CaptureOutput out;

    PlainMerge(MergeTree tree, CopyOutput output) {
        this.tree = tree;
        this.output = output;
        out = output.out;
    }

    /** Does all or nothing; false if the packet on top is to be written, and the next be sought, any other way. */
    boolean step() throws IOException {
        MergeSource source = tree.top();
        if (!(source.straight instanceof PcapReader reader)) {
            return false;
        }
        CaptureInput input = reader.input;
        int at = input.start;
        if (reader.plainAt != at || reader.verbatim == PacketRecord.NOTHING) {
            return false;
        }
        // Null where it is written as it is.
        WrittenInterface written = null;
        if (reader.verbatim != output.verbatim) {
            written = source.written(reader);
            if (written == null) {
                return false;
            }
        }

        // The next record, and what the one behind it says of it.
        long time = reader.plainTime;
        long lengths = reader.plainLengths;
        int end = at + PcapFileHeader.RECORD_HEADER + (int) lengths;
        if (end + PcapFileHeader.RECORD_HEADER > input.end) {
            return false;
        }
        ByteBuffer buffer = input.buffer;
        long timeBehind = buffer.getLong(end);
        long lengthsBehind = buffer.getLong(end + 8);
        long ticks = (time & PcapReader.LOW) * reader.resolution + (time >>> 32);
        long nanos = ticks * reader.nanosPerTick;
        if (!PcapReader.isPlain(timeBehind, lengthsBehind, reader.declaredSecond) || !source.takes(nanos)) {
            return false;
        }

        // The packet on top is written and counted.
        int position = reader.dataPosition;
        int captured = reader.capturedLength;
        if (written == null) {
            out.record(buffer, position - PcapFileHeader.RECORD_HEADER, captured + PcapFileHeader.RECORD_HEADER);
        } else {
            out.packetBlock(written.id, reader.ticks, buffer, position, captured, reader.originalLength);
            written.lastTicks = reader.ticks;
            if (captured > written.longestCaptured) {
                written.longestCaptured = captured;
            }
        }
        output.packets++;
        output.octets += captured;
        if (captured > output.longest) {
            output.longest = captured;
        }
        source.packets++;
        source.octets += captured;
        long now = source.timestampNanos;
        if (now < source.lowest) {
            source.lowest = now;
        }
        if (now >= source.highest) {
            source.highest = now;
        } else {
            source.outOfOrder++;
        }

        // The next one takes its place, as in PcapReader.nextPlain.
        source.read++;
        source.timestampNanos = nanos;
        reader.ticks = ticks;
        reader.timestampNanos = nanos;
        reader.dataPosition = at + PcapFileHeader.RECORD_HEADER;
        reader.capturedLength = (int) lengths;
        reader.originalLength = lengths >>> 32;
        if (reader.capturedLength > reader.longestCaptured) {
            reader.longestCaptured = reader.capturedLength;
        }
        reader.plainTime = timeBehind;
        reader.plainLengths = lengthsBehind;
        reader.plainAt = end;
        input.start = end;
        input.startOffset += end - at;
        tree.topMoved(nanos);
        return true;
    }
}
