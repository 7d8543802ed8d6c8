package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
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
    static final String FORMAT = "pcapng";

    /** Of a packet dropped count that the writer did not know. */
    private static final int DROPS_UNKNOWN = 0xffff;

    /** Of an Enhanced Packet Block. */
    private static final int LEAST_PACKET = 32;

    /** The section header that was read to know the format, and is not yet passed. */
    private boolean atFirstSection = true;

    private int sectionOctets;
    private boolean littleEndian;
    private ByteOrder sectionOrder;
    private final BlockFraming framing;
    private final Resync resync;

    PcapngReader(CaptureInput input) throws IOException {
        super(input);
        framing = new BlockFraming(input);
        framing.read(block);
        sectionOrder = input.order();
        readSectionHeader();
        resync = new Resync(this, new PcapngChains(input, this));
    }

    @Override
    Resync resync() {
        // A damaged section header may have changed it.
        input.order(sectionOrder);
        return resync;
    }

    /** Those that follow a damaged description keep their numbers, so that no packet gets a neighbour's. */
    @Override
    void damagedHere() throws IOException {
        input.order(sectionOrder);
        boolean description = input.fill(4) >= 4 && input.u32(0) == PcapngCodes.INTERFACE_DESCRIPTION;
        if (description && mayRetain(0)) {
            block.lose(interfaces.size() - block.firstInterface + block.lostCount);
        }
    }

    /** Nanoseconds since 1970, {@link Chains#NO_TIME} if the interface is not described. */
    long time(long id, long ticks) {
        long index = block.interfaceIndex(id);
        return index >= 0 && index < interfaces.size()
                ? interfaces.get((int) index).unit().nanos(ticks)
                : Chains.NO_TIME;
    }

    @Override
    boolean nextPlain() {
        int at = plainAt;
        int available = input.limit() - at;
        if (at != input.position() || available < LEAST_PACKET) {
            return false;
        }
        ByteBuffer buffer = input.buffer();
        int length = buffer.getInt(at + 4);
        if (buffer.getInt(at) != PcapngCodes.ENHANCED_PACKET
                || length < LEAST_PACKET
                || length > available
                || (length & 3) != 0
                || buffer.getInt(at + length - 4) != length) {
            return false;
        }
        long index = block.interfaceIndex(buffer.getInt(at + 8) & 0xffff_ffffL);
        int captured = buffer.getInt(at + 20);
        long original = buffer.getInt(at + 24) & 0xffff_ffffL;
        int padded = captured + 3 & ~3;
        int room = length - LEAST_PACKET;
        if (index < 0 || index >= interfaces.size() || captured < 0 || captured > room || original < captured) {
            return false;
        }
        block.position = at;
        block.length = length;
        long ticks = (long) buffer.getInt(at + 12) << 32 | buffer.getInt(at + 16) & 0xffff_ffffL;
        takePlain((int) index, ticks, at + 28, captured, original);
        optionsPosition = at + 28 + padded;
        optionsLength = room - padded;
        verbatim = littleEndian ? BLOCK : NOTHING;
        plainAt = at + length;
        input.skip(length);
        return true;
    }

    @Override
    boolean next() throws IOException {
        plainAt = NOWHERE;
        if (atFirstSection) {
            listener.block(block);
            input.skip(block.length);
            atFirstSection = false;
        }
        while (framing.read(block)) {
            boolean packet = takeBlock();
            if (!packet) {
                listener.block(block);
            }
            input.skip(block.length);
            if (packet) {
                goOnPlain();
                return true;
            }
        }
        return false;
    }

    private void goOnPlain() {
        if (block.type == PcapngCodes.ENHANCED_PACKET && mayBePlain()) {
            plainAt = input.position();
            littleEndian = input.order() == ByteOrder.LITTLE_ENDIAN;
        }
    }

    /** Whether the block holds a packet. */
    private boolean takeBlock() throws PcapFormatException {
        switch (block.type) {
            case PcapngCodes.ENHANCED_PACKET -> {
                readPacket(block.u32(8));
                return true;
            }
            case PcapngCodes.PACKET -> {
                readPacket(block.u16(8));
                int count = block.u16(10);
                drops = count == DROPS_UNKNOWN ? 0 : count;
                return true;
            }
            case PcapngCodes.SIMPLE_PACKET -> {
                readSimplePacket();
                return true;
            }
            case PcapngCodes.INTERFACE_DESCRIPTION -> readInterfaceDescription();
            case PcapngCodes.SECTION_HEADER -> readSectionHeader();
            default -> skippedBlocks++;
        }
        return false;
    }

    private void readSectionHeader() throws PcapFormatException {
        if (input.u16(12) != 1) {
            throw PcapFormatException.unsupported("pcapng version " + input.u16(12) + "." + input.u16(14)
                    + " in the section at byte " + input.offset() + ", only 1.x is read");
        }
        if (sectionOctets > 0) {
            release(sectionOctets);
        }
        retain(FORMAT, PcapngCodes.blockName(block.type), block.length);
        sectionOctets = block.length;
        block.beginSection(interfaces.size());
        sectionOrder = input.order();
        sectionComments.clear();
        OptionReader options =
                new OptionReader().over(input.buffer(), input.position() + 24, input.position() + block.length - 4);
        while (options.next()) {
            if (options.code() == PcapngCodes.COMMENT) {
                sectionComments.add(options.text(0));
            }
        }
    }

    private void readInterfaceDescription() throws PcapFormatException {
        retain(FORMAT, PcapngCodes.blockName(block.type), block.length);
        interfaces.add(InterfaceDescriptionReader.read(input, block.length, this));
    }

    private void readPacket(long id) throws PcapFormatException {
        int index = interfaceIndex(id);
        long captured = input.u32(20);
        int room = block.length - LEAST_PACKET;
        if (captured > room) {
            throw bad("captured length " + captured + ", block body has " + room, captured, room);
        }
        if (captured > MAX_CAPTURED_LENGTH) {
            String seen = "captured length " + captured + ", at most " + MAX_CAPTURED_LENGTH + " is taken";
            throw bad(seen, captured, MAX_CAPTURED_LENGTH);
        }
        take(index, input.u32(12) << 32 | input.u32(16), 28, (int) captured, input.u32(24));
        int padded = (int) captured + 3 & ~3;
        optionsPosition = dataPosition + padded;
        optionsLength = room - padded;
    }

    private void readSimplePacket() throws PcapFormatException {
        int index = interfaceIndex(0);
        long original = input.u32(8);
        long snaplen = interfaces.get(index).snaplen();
        long captured = Math.min(Math.min(original, snaplen == 0 ? original : snaplen), block.length - 16);
        long before = timestampNanos;
        take(index, 0, 12, (int) captured, original);
        hasTimestamp = false;
        timestampNanos = before;
    }

    private int interfaceIndex(long id) throws PcapFormatException {
        long index = block.interfaceIndex(id);
        if (index < 0) {
            throw bad("interface " + id + ", whose description is damaged", 0, 0);
        }
        if (index >= interfaces.size()) {
            int count = interfaces.size() - block.firstInterface + block.lostCount;
            throw bad("interface " + id + ", the section describes " + count + " before", 0, 0);
        }
        return (int) index;
    }

    private PcapFormatException bad(String seen, long required, long available) {
        return framing.bad(block.type, seen, required, available);
    }
}
