package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Takes block after block of pcapng by their lengths, which stand at both ends and must agree.
 *
 * <pre>
 * 0 type   4 length   8 body, padded to a multiple of 4   length-4 length again
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "General Block Structure".
 */
final class BlockFraming {
    /** The largest captured length, and room for a packet's options. */
    static final int MAX_BLOCK_LENGTH = RecordReader.MAX_CAPTURED_LENGTH + (1 << 20);

    private final CaptureInput input;

    BlockFraming(CaptureInput input) {
        this.input = input;
    }

    /** Leaves the whole block at hand; false at the end of the file. */
    boolean read(PcapngBlock block) throws IOException {
        int available = input.fill(12);
        if (available == 0 && input.endsHere()) {
            return false;
        }
        if (available < 12) {
            throw input.cut(PcapngReader.FORMAT, "block", 12);
        }
        int type = (int) input.u32(0);
        if (type == PcapngCodes.SECTION_HEADER) {
            input.order(byteOrder());
        }
        long length = input.u32(4);
        int least = leastLength(type);
        if (length < least || length > MAX_BLOCK_LENGTH || length % 4 != 0) {
            String seen = "block length " + length + ", a multiple of 4 from " + least + " to " + MAX_BLOCK_LENGTH
                    + " is taken";
            throw bad(type, seen, length, MAX_BLOCK_LENGTH);
        }
        if (input.fill((int) length) < length) {
            throw input.cut(PcapngReader.FORMAT, PcapngCodes.blockName(type), length);
        }
        long trailer = input.u32((int) length - 4);
        if (trailer != length) {
            throw bad(type, "block length " + length + " at its start, " + trailer + " at its end", length, trailer);
        }
        block.type = type;
        block.length = (int) length;
        block.buffer = input.buffer();
        block.position = input.position();
        return true;
    }

    private ByteOrder byteOrder() throws PcapFormatException {
        ByteOrder order = input.order();
        int magic = (int) input.u32(8);
        if (magic == PcapngCodes.BYTE_ORDER_MAGIC) {
            return order;
        }
        if (Integer.reverseBytes(magic) == PcapngCodes.BYTE_ORDER_MAGIC) {
            return order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        }
        throw bad(PcapngCodes.SECTION_HEADER, "byte-order magic is 0x" + Integer.toHexString(magic), 0, 0);
    }

    /** The least that a block of the type has with its fixed fields. */
    static int leastLength(int type) {
        return switch (type) {
            case PcapngCodes.SECTION_HEADER -> 28;
            case PcapngCodes.INTERFACE_DESCRIPTION -> 20;
            case PcapngCodes.ENHANCED_PACKET, PcapngCodes.PACKET -> 32;
            case PcapngCodes.SIMPLE_PACKET -> 16;
            default -> 12;
        };
    }

    PcapFormatException bad(int type, String seen, long required, long available) {
        return PcapFormatException.bad(
                PcapngReader.FORMAT, PcapngCodes.blockName(type), input.offset(), seen, required, available);
    }
}
