package io.podcapture.pcap;

import java.nio.ByteBuffer;

/**
 * A packet with octets of its own: immutable, and independent of the file it came from.
 *
 * <p>Options of the packet's block are not retained. May be used by any thread.
 *
 * @since 0.1
 */
public final class Packet implements PacketView {
    private final long timestampNanos;
    private final boolean hasTimestamp;
    private final long ticks;
    private final long originalLength;
    private final int interfaceIndex;
    private final InterfaceDescription interfaceDescription;
    private final ByteBuffer data;

    Packet(PacketCursor cursor) {
        timestampNanos = cursor.timestampNanos();
        hasTimestamp = cursor.hasTimestamp();
        ticks = cursor.ticks();
        originalLength = cursor.originalLength();
        interfaceIndex = cursor.interfaceIndex();
        interfaceDescription = cursor.interfaceDescription();
        byte[] octets = new byte[cursor.capturedLength()];
        cursor.data().get(octets);
        data = ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    @Override
    public long timestampNanos() {
        return timestampNanos;
    }

    @Override
    public boolean hasTimestamp() {
        return hasTimestamp;
    }

    @Override
    public int capturedLength() {
        return data.capacity();
    }

    @Override
    public long originalLength() {
        return originalLength;
    }

    @Override
    public int interfaceIndex() {
        return interfaceIndex;
    }

    @Override
    public InterfaceDescription interfaceDescription() {
        return interfaceDescription;
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    long ticks() {
        return ticks;
    }

    @Override
    public String toString() {
        return timestamp() + " " + linkType().name() + ", " + capturedLength() + " of " + originalLength + " octets";
    }
}
