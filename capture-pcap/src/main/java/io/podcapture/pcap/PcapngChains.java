package io.podcapture.pcap;

import java.nio.ByteBuffer;

/**
 * Chains of blocks of pcapng. As each block has its length at both ends, a chance is rare.
 *
 * <p>Each octet is tried in either byte order, for a section header may change it.
 */
final class PcapngChains extends Chains {
    private static final int LEAST = 12;

    /** Of an Enhanced Packet Block, up to its time. */
    private static final int TIMED_HEADER = 20;

    /** How far to look for a packet that tells the time. */
    private static final int FEW_BLOCKS = 8;

    private final PcapngReader reader;
    private int[] own = new int[0];
    private int[] swapped = new int[0];

    PcapngChains(CaptureInput input, PcapngReader reader) {
        super(input);
        this.reader = reader;
    }

    @Override
    void map() {
        if (own.length < length) {
            own = new int[length];
            swapped = new int[length];
        }
        for (int at = length - 1; at >= 0; at--) {
            own[at] = 0;
            swapped[at] = 0;
            if (at + LEAST <= length) {
                mapBlock(at);
            }
        }
    }

    @Override
    void drop() {
        own = new int[0];
        swapped = new int[0];
    }

    @Override
    long held() {
        return (long) Integer.BYTES * (own.length + swapped.length);
    }

    private void mapBlock(int at) {
        ByteBuffer buffer = input.buffer();
        int index = index(at);
        int type = buffer.getInt(index);
        if (type == PcapngCodes.SECTION_HEADER) {
            int magic = buffer.getInt(index + 8);
            if (magic == PcapngCodes.BYTE_ORDER_MAGIC) {
                own[at] = chainFrom(at, type, false);
                swapped[at] = own[at];
            } else if (Integer.reverseBytes(magic) == PcapngCodes.BYTE_ORDER_MAGIC) {
                swapped[at] = chainFrom(at, type, true);
                own[at] = swapped[at];
            }
        } else {
            own[at] = chainFrom(at, type, false);
            swapped[at] = chainFrom(at, Integer.reverseBytes(type), true);
        }
    }

    private int chainFrom(int at, int type, boolean reversed) {
        int blockLength = u32(index(at) + 4, reversed);
        if ((blockLength & 3) != 0
                || blockLength < BlockFraming.leastLength(type)
                || blockLength > BlockFraming.MAX_BLOCK_LENGTH) {
            return 0;
        }
        long next = (long) at + blockLength;
        boolean believed = next <= length
                ? u32(index(at) + blockLength - 4, reversed) == blockLength
                : isKnown(type) && blockLength <= BlockFraming.MAX_BLOCK_LENGTH >> 4;
        return believed ? chainTo(next, LEAST, reversed ? swapped : own) : 0;
    }

    private static boolean isKnown(int type) {
        return type > 0 && type <= PcapngCodes.DECRYPTION_SECRETS
                || type == PcapngCodes.SECTION_HEADER
                || type == PcapngCodes.CUSTOM
                || type == PcapngCodes.CUSTOM_NOT_COPIED;
    }

    /**
     * In blocks of equal length, read an octet off, types and lengths are 256 times as large and agree just as well; so
     * none of an unknown type is the first.
     */
    @Override
    int chain(int at) {
        return own[at] != 0 && isKnown(u32(index(at), false)) ? own[at] : 0;
    }

    @Override
    long time(int at) {
        int next = at;
        for (int i = 0; i < FEW_BLOCKS && next + TIMED_HEADER <= length && own[next] != 0; i++) {
            int index = index(next);
            int type = u32(index, false);
            if (type == PcapngCodes.SECTION_HEADER) {
                return NO_TIME;
            }
            if (type == PcapngCodes.ENHANCED_PACKET) {
                return reader.time(
                        u32(index + 8, false) & 0xffff_ffffL,
                        (long) u32(index + 12, false) << 32 | u32(index + 16, false) & 0xffff_ffffL);
            }
            next = next(next);
        }
        return NO_TIME;
    }

    @Override
    boolean areCertain() {
        return true;
    }

    @Override
    int next(int at) {
        ByteBuffer buffer = input.buffer();
        boolean reversed = buffer.getInt(index(at)) == PcapngCodes.SECTION_HEADER
                && buffer.getInt(index(at) + 8) != PcapngCodes.BYTE_ORDER_MAGIC;
        return at + u32(index(at) + 4, reversed);
    }

    @Override
    int nextByWhatIsLeft() {
        return -1;
    }

    private int u32(int index, boolean reversed) {
        int value = input.buffer().getInt(index);
        return reversed ? Integer.reverseBytes(value) : value;
    }
}
