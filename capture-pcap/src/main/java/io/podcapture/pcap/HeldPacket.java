package io.podcapture.pcap;

import java.nio.ByteBuffer;

/** A copy of a packet that waits for its turn; used for one after the other. */
final class HeldPacket extends PacketRecord {
    private ByteBuffer octets;

    /** The time it is sorted by, and its place in the input. */
    long time;

    long position;

    HeldPacket(int capacity) {
        octets = ByteBuffer.allocate(capacity);
    }

    /** Octets that a copy of it needs. */
    static int length(RecordReader from) {
        return from.block.length > 0 ? from.block.length : from.capturedLength;
    }

    int capacity() {
        return octets.capacity();
    }

    @Override
    ByteBuffer buffer() {
        return octets;
    }

    HeldPacket copy(RecordReader from) {
        int start = from.block.length > 0 ? from.block.position : from.dataPosition;
        octets.order(from.buffer().order()).put(0, from.buffer(), start, length(from));
        interfaceDescription = from.interfaceDescription;
        interfaceIndex = from.interfaceIndex;
        hasTimestamp = from.hasTimestamp;
        ticks = from.ticks;
        timestampNanos = from.timestampNanos;
        dataPosition = from.dataPosition - start;
        capturedLength = from.capturedLength;
        originalLength = from.originalLength;
        optionsPosition = from.optionsPosition - start;
        optionsLength = from.optionsLength;
        drops = from.drops;
        block.buffer = octets;
        block.position = 0;
        block.length = from.block.length;
        block.type = from.block.type;
        return this;
    }
}
