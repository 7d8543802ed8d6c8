package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Walks the packets of one format; after a true {@link #next()} its fields are those of the packet. */
abstract sealed class RecordReader implements Closeable permits PcapReader, PcapngReader {
    /** libpcap takes blocks of up to 16 MiB; a larger length is a damaged one. */
    static final int MAX_CAPTURED_LENGTH = 16 << 20;

    final CaptureInput input;
    final List<InterfaceDescription> interfaces = new ArrayList<>();
    final List<String> sectionComments = new ArrayList<>();
    long skippedBlocks;

    InterfaceDescription interfaceDescription =
            InterfaceDescription.builder(LinkType.NULL).build();
    int interfaceIndex;
    boolean hasTimestamp;
    long ticks;
    long timestampNanos;
    int dataPosition;
    int capturedLength;
    long originalLength;
    int optionsPosition;
    int optionsLength;

    RecordReader(CaptureInput input) {
        this.input = input;
    }

    abstract boolean next() throws IOException;

    final void take(int index, long ticks, int dataAt, int captured, long original) {
        interfaceIndex = index;
        interfaceDescription = interfaces.get(index);
        hasTimestamp = true;
        this.ticks = ticks;
        timestampNanos = interfaceDescription.unit().nanos(ticks);
        dataPosition = input.position() + dataAt;
        capturedLength = captured;
        originalLength = Math.max(captured, original);
        optionsLength = 0;
    }

    @Override
    public final void close() throws IOException {
        input.close();
    }
}
