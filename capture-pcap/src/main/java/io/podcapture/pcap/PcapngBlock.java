package io.podcapture.pcap;

import java.nio.ByteBuffer;

/**
 * A block of pcapng as it is in its file, octet for octet: what a copy needs that does not take it apart.
 *
 * <p>A view of its reader's buffer, until the reader's next step. Fields are set by the reader alone.
 */
final class PcapngBlock {
    /** In the byte order of the section. */
    ByteBuffer buffer = ByteBuffer.allocate(0);

    /** The index in the buffer of the block's type. */
    int position;

    /** Octets with type and both lengths; 0 where there is no block, as in pcap. */
    int length;

    /** The block's type. */
    int type;

    /** The number of its section, from 0. */
    int section = -1;

    /** The index over the whole file of the section's interface 0. */
    int firstInterface;

    /** The index in the buffer behind the block's body, where its length stands again. */
    int end() {
        return position + length - 4;
    }

    /** An unsigned 32-bit field. */
    long u32(int at) {
        return buffer.getInt(position + at) & 0xffff_ffffL;
    }

    int u16(int at) {
        return buffer.getShort(position + at) & 0xffff;
    }
}
