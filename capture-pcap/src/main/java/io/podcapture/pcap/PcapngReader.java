package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Reads pcapng of any number of sections.
 *
 * <pre>
 * block:            0 type   4 length   8 body, padded to a multiple of 4   length-4 length again
 * Section Header:   8 byte-order magic   12 major   14 minor   16 section length   24 options
 * Enhanced Packet:  8 interface   12 time high   16 time low   20 captured   24 original   28 data, options
 * Packet:           8 interface (16 bits), drops   then as Enhanced Packet
 * Simple Packet:    8 original   12 data
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "General Block Structure", "Section Header Block", "Enhanced Packet Block",
 * "Simple Packet Block", "Packet Block (obsolete)".
 */
final class PcapngReader extends RecordReader {
    private static final String FORMAT = "pcapng";

    /** The largest captured length, and room for a packet's options. */
    private static final int MAX_BLOCK_LENGTH = MAX_CAPTURED_LENGTH + (1 << 20);

    private int firstInterfaceOfSection;
    private int sectionOctets;
    private int blockType;
    private int blockLength;

    PcapngReader(CaptureInput input) throws IOException {
        super(input);
        readBlock();
        readSectionHeader();
        input.skip(blockLength);
    }

    @Override
    boolean next() throws IOException {
        while (readBlock()) {
            boolean packet = false;
            switch (blockType) {
                case PcapngCodes.ENHANCED_PACKET -> {
                    readPacket(input.u32(8));
                    packet = true;
                }
                case PcapngCodes.PACKET -> {
                    readPacket(input.u16(8));
                    packet = true;
                }
                case PcapngCodes.SIMPLE_PACKET -> {
                    readSimplePacket();
                    packet = true;
                }
                case PcapngCodes.INTERFACE_DESCRIPTION -> readInterfaceDescription();
                case PcapngCodes.SECTION_HEADER -> readSectionHeader();
                default -> skippedBlocks++;
            }
            input.skip(blockLength);
            if (packet) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the whole block at hand; false at the end of the file. */
    private boolean readBlock() throws IOException {
        if (input.endsHere()) {
            return false;
        }
        if (input.fill(12) < 12) {
            throw input.cut(FORMAT, "block", 12);
        }
        blockType = (int) input.u32(0);
        if (blockType == PcapngCodes.SECTION_HEADER) {
            input.order(byteOrder());
        }
        long length = input.u32(4);
        int least = leastLength(blockType);
        if (length < least || length > MAX_BLOCK_LENGTH || length % 4 != 0) {
            String seen = "block length " + length + ", a multiple of 4 from " + least + " to " + MAX_BLOCK_LENGTH
                    + " is taken";
            throw bad(seen, length, MAX_BLOCK_LENGTH);
        }
        blockLength = (int) length;
        if (input.fill(blockLength) < blockLength) {
            throw input.cut(FORMAT, PcapngCodes.blockName(blockType), blockLength);
        }
        long trailer = input.u32(blockLength - 4);
        if (trailer != blockLength) {
            throw bad(
                    "block length " + blockLength + " at its start, " + trailer + " at its end", blockLength, trailer);
        }
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
        throw bad("byte-order magic is 0x" + Integer.toHexString(magic), 0, 0);
    }

    private static int leastLength(int type) {
        return switch (type) {
            case PcapngCodes.SECTION_HEADER -> 28;
            case PcapngCodes.INTERFACE_DESCRIPTION -> 20;
            case PcapngCodes.ENHANCED_PACKET, PcapngCodes.PACKET -> 32;
            case PcapngCodes.SIMPLE_PACKET -> 16;
            default -> 12;
        };
    }

    private void readSectionHeader() throws PcapFormatException {
        if (input.u16(12) != 1) {
            throw PcapFormatException.unsupported("pcapng version " + input.u16(12) + "." + input.u16(14)
                    + " in the section at byte " + input.offset() + ", only 1.x is read");
        }
        if (sectionOctets > 0) {
            release(sectionOctets);
        }
        retain(FORMAT, PcapngCodes.blockName(blockType), blockLength);
        sectionOctets = blockLength;
        firstInterfaceOfSection = interfaces.size();
        sectionComments.clear();
        OptionReader options =
                new OptionReader().over(input.buffer(), input.position() + 24, input.position() + blockLength - 4);
        while (options.next()) {
            if (options.code() == PcapngCodes.COMMENT) {
                sectionComments.add(options.text(0));
            }
        }
    }

    private void readInterfaceDescription() throws PcapFormatException {
        retain(FORMAT, PcapngCodes.blockName(blockType), blockLength);
        interfaces.add(InterfaceDescriptionReader.read(input, blockLength));
    }

    private void readPacket(long id) throws PcapFormatException {
        int index = interfaceIndex(id);
        long captured = input.u32(20);
        int room = blockLength - 32;
        if (captured > room) {
            throw bad("captured length " + captured + ", block body has " + room, captured, room);
        }
        if (captured > MAX_CAPTURED_LENGTH) {
            String seen = "captured length " + captured + ", at most " + MAX_CAPTURED_LENGTH + " is taken";
            throw bad(seen, captured, MAX_CAPTURED_LENGTH);
        }
        take(index, input.u32(12) << 32 | input.u32(16), 28, (int) captured, input.u32(24));
        int padded = (int) captured + 3 & ~3;
        if (blockType == PcapngCodes.ENHANCED_PACKET) {
            optionsPosition = dataPosition + padded;
            optionsLength = room - padded;
        }
    }

    private void readSimplePacket() throws PcapFormatException {
        int index = interfaceIndex(0);
        long original = input.u32(8);
        long snaplen = interfaces.get(index).snaplen();
        long captured = Math.min(Math.min(original, snaplen == 0 ? original : snaplen), blockLength - 16);
        long before = timestampNanos;
        take(index, 0, 12, (int) captured, original);
        hasTimestamp = false;
        timestampNanos = before;
    }

    private int interfaceIndex(long id) throws PcapFormatException {
        int count = interfaces.size() - firstInterfaceOfSection;
        if (id >= count) {
            throw bad("interface " + id + ", the section describes " + count + " before", 0, 0);
        }
        return firstInterfaceOfSection + (int) id;
    }

    private PcapFormatException bad(String seen, long required, long available) {
        return PcapFormatException.bad(
                FORMAT, PcapngCodes.blockName(blockType), input.offset(), seen, required, available);
    }
}
