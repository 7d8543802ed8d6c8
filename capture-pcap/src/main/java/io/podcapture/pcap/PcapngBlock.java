package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A block of pcapng as it is in its file, octet for octet: what a copy needs that does not take it apart.
 *
 * <p>A view of its reader's buffer, until the reader's next step. Fields are set by the reader alone.
 */
final class PcapngBlock {
    private static final int[] NONE = {};

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

    /** Interfaces of the section so far whose descriptions are damaged, in order; only ever added to. */
    int[] lost = NONE;

    int lostCount;

    /** The index over the whole file of an interface of the section; negative if its description is damaged. */
    long interfaceIndex(long id) {
        if (lostCount == 0) {
            return firstInterface + id;
        }
        int at = Arrays.binarySearch(lost, 0, lostCount, (int) Math.min(id, Integer.MAX_VALUE));
        return at >= 0 ? -1 : firstInterface + id - (-at - 1);
    }

    void lose(int id) {
        if (lostCount == lost.length) {
            lost = Arrays.copyOf(lost, Math.max(4, 2 * lostCount));
        }
        lost[lostCount++] = id;
    }

    void beginSection(int interfacesBefore) {
        section++;
        firstInterface = interfacesBefore;
        lost = NONE;
        lostCount = 0;
    }

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
