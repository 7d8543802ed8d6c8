package io.podcapture.pcap;

import java.nio.ByteBuffer;

/** A packet as it is in its file, for those who write it to another: fields, and where in a buffer the octets are. */
abstract class PacketRecord {
    InterfaceDescription interfaceDescription =
            InterfaceDescription.builder(LinkType.NULL).build();
    int interfaceIndex;
    boolean hasTimestamp;
    long ticks;
    long timestampNanos;

    /** Whether what stands before the data, or around it in pcapng, is to stay: a copy in its unit may have it as it is. */
    boolean verbatim;

    int dataPosition;
    int capturedLength;
    long originalLength;
    int optionsPosition;
    int optionsLength;

    /** Packets dropped since the one before on the same interface, in an obsolete Packet Block; 0 elsewhere. */
    int drops;

    /** The block that holds the packet, if the format has any. */
    final PcapngBlock block = new PcapngBlock();

    /** Has the data and the options, in the byte order of the file. */
    abstract ByteBuffer buffer();
}
