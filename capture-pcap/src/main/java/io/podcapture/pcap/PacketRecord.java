package io.podcapture.pcap;

import java.nio.ByteBuffer;

/** A packet as it is in its file, for those who write it to another: fields, and where in a buffer the octets are. */
abstract class PacketRecord {
    /** Not more than the data. */
    static final int NOTHING = 0;

    /** The block, but for its interface. */
    static final int BLOCK = -1;

    private static final InterfaceDescription NOT_DESCRIBED =
            InterfaceDescription.builder(LinkType.NULL).build();

    InterfaceDescription interfaceDescription = NOT_DESCRIBED;
    int interfaceIndex;
    boolean hasTimestamp;
    long ticks;
    long timestampNanos;

    /** What a copy in the same unit may have as it is: see the constants; in pcap, the unit's if_tsresol. */
    int verbatim = NOTHING;

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
