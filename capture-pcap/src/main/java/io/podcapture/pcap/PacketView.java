package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One packet of a capture file: either the one a {@link PacketCursor} stands on, or a {@link Packet} of its own.
 *
 * @since 0.1
 */
public sealed interface PacketView permits PacketCursor, Packet {
    /**
     * {@return nanoseconds since 1970-01-01T00:00:00Z} Finer resolutions are rounded down; times outside the years 1677
     * to 2262 become the nearest value a {@code long} holds. If {@link #hasTimestamp()} is false, it is the time of the
     * packet before, or 0.
     */
    long timestampNanos();

    /** {@return the time of {@link #timestampNanos()}} */
    default Instant timestamp() {
        return TimestampUnit.instant(timestampNanos());
    }

    /** {@return whether the file states a time; it does not in a Simple Packet Block} */
    boolean hasTimestamp();

    /** {@return how many octets of the packet are in the file, 0 to 16 MiB} */
    int capturedLength();

    /** {@return how many octets the packet had on the wire; never less than captured, whatever the file says} */
    long originalLength();

    /** {@return what the packet begins with} */
    default LinkType linkType() {
        return interfaceDescription().linkType();
    }

    /** {@return the number of its interface from 0, counted over all sections of the file} */
    int interfaceIndex();

    /** {@return the interface that saw the packet} */
    InterfaceDescription interfaceDescription();

    /**
     * {@return the captured octets, from the buffer's position to its limit} The buffer is read-only and in network byte
     * order. Its position need not be 0. A cursor hands out the same buffer each time, valid until its next call of
     * {@link PacketCursor#next()}.
     */
    ByteBuffer data();
}
