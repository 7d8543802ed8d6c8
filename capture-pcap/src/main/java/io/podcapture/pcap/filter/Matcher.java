package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;

/** A filter's program, however it is run. Safe for use by several threads. */
interface Matcher {
    /**
     * {@return whether the program keeps the packet} Nothing is allocated, and no state of the buffer is changed.
     *
     * @param octets in big-endian order
     * @param position of the packet's first octet
     * @param capturedLength octets that are there; a load beyond them rejects the packet
     * @param originalLength of the packet on the wire, an unsigned number of 32 bits
     */
    boolean matches(ByteBuffer octets, int position, int capturedLength, int originalLength);
}
