package io.podcapture.pcap;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes a pcapng file of one section, of format version 1.0, little-endian, with section length unknown.
 *
 * <p>An interface is added before its packets, statistics come after them. Texts longer than the 65535 octets of an
 * option are cut before a character and end with an ellipsis.
 *
 * <p>One buffer of 256 KiB is held and nothing is allocated per packet. After an {@link IOException} only
 * {@link #close()} makes sense. Not for use by several threads. Blocks as its sink does.
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Section Header Block", "Interface Description Block", "Enhanced Packet Block",
 * "Interface Statistics Block", "Name Resolution Block".
 *
 * @since 0.1
 */
public final class PcapngWriter implements Closeable, Flushable {
    private final CaptureOutput out;
    private final List<WrittenInterface> interfaces = new ArrayList<>();
    private final PacketOptions options = new PacketOptions();

    PcapngWriter(CaptureOutput out) {
        this.out = out;
    }

    /** {@return a builder without any text for the section header} */
    public static PcapngWriterBuilder builder() {
        return new PcapngWriterBuilder();
    }

    /**
     * Writes an Interface Description Block.
     *
     * @param description of the interface
     * @return its index: 0 for the first, then one more for each
     * @throws IOException if the sink fails
     */
    public int addInterface(InterfaceDescription description) throws IOException {
        BlockBuilder block = block(description);
        interfaces.add(
                new WrittenInterface(this, interfaces.size(), description, out.offset() + WrittenInterface.SNAPLEN_AT));
        block.writeTo(out);
        return interfaces.size() - 1;
    }

    static BlockBuilder block(InterfaceDescription description) {
        BlockBuilder block = new BlockBuilder(PcapngCodes.INTERFACE_DESCRIPTION)
                .u16(description.linkType().number())
                .u16(0)
                .u32(description.snaplen());
        byte[] verbatim = description.verbatimOptions();
        if (verbatim != null) {
            block.octets(verbatim);
        } else {
            options(block, description);
        }
        return block;
    }

    private static void options(BlockBuilder block, InterfaceDescription description) {
        block.text(PcapngCodes.IF_NAME, description.name()).text(PcapngCodes.IF_DESCRIPTION, description.description());
        if (description.timestampResolution() != TimestampUnit.MICROSECONDS) {
            block.option(PcapngCodes.IF_TSRESOL, new byte[] {(byte) description.timestampResolution()});
        }
        block.text(PcapngCodes.IF_FILTER, 0, description.filter()).text(PcapngCodes.IF_OS, description.os());
        if (description.timestampOffsetSeconds() != 0) {
            block.option(PcapngCodes.IF_TSOFFSET, 8).u64(description.timestampOffsetSeconds());
        }
        block.text(PcapngCodes.IF_HARDWARE, description.hardware());
        for (RawOption other : description.otherOptions()) {
            block.option(other.code(), other.value());
        }
    }

    /**
     * Writes Name Resolution Blocks, one record a name. Addresses without names are left out.
     *
     * @param names DNS names, or other names people know the addresses by, in order of preference
     * @throws IllegalArgumentException if a name is empty, longer than 65518 octets, or has a NUL
     * @throws IOException if the sink fails
     */
    public void nameResolution(Map<? extends InetAddress, ? extends List<String>> names) throws IOException {
        for (BlockBuilder block : NameResolution.blocks(names)) {
            block.writeTo(out);
        }
    }

    /**
     * Writes a packet of another file. Time is copied as it is stored where both interfaces have the same unit, so
     * that nothing is lost. If the packet is a cursor's, its block's options are copied too, but for custom options that
     * forbid it.
     *
     * @param interfaceIndex from {@link #addInterface}
     * @param packet its interface index is not used
     * @throws IllegalArgumentException if the interface has another link type, or its unit cannot express the time
     * @throws IOException if the sink fails
     */
    public void write(int interfaceIndex, PacketView packet) throws IOException {
        InterfaceDescription to = interfaces.get(interfaceIndex).description;
        if (!packet.linkType().equals(to.linkType())) {
            throw new IllegalArgumentException("packet of link type " + packet.linkType() + " for interface "
                    + interfaceIndex + " of link type " + to.linkType());
        }
        if (packet instanceof PacketCursor cursor) {
            write(interfaceIndex, cursor.record());
        } else {
            long ticks = ticks((Packet) packet, to.unit());
            ByteBuffer data = packet.data();
            write(interfaceIndex, ticks, data, data.position(), data.remaining(), packet.originalLength(), 0);
        }
    }

    /**
     * Writes a packet.
     *
     * @param interfaceIndex from {@link #addInterface}
     * @param timestampNanos nanoseconds since 1970, rounded down to the interface's unit
     * @param data the captured octets, from position to limit, which do not change; may exceed the interface's snaplen,
     *     but libpcap refuses such a file
     * @param originalLength octets on the wire, from those of {@code data} to 4294967295
     * @throws IllegalArgumentException if a length is out of range, or the interface's unit cannot express the time
     * @throws IOException if the sink fails
     */
    public void write(int interfaceIndex, long timestampNanos, ByteBuffer data, long originalLength)
            throws IOException {
        int captured = data.remaining();
        if (captured > RecordReader.MAX_CAPTURED_LENGTH || originalLength < captured || originalLength > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "captured length " + captured + " of original length " + originalLength + " cannot be written");
        }
        long ticks = interfaces.get(interfaceIndex).description.unit().ticks(timestampNanos);
        write(interfaceIndex, ticks, data, data.position(), captured, originalLength, 0);
    }

    /**
     * Writes an Interface Statistics Block. Its own time is the end time, else that of the interface's last packet, else
     * the start time, else 0.
     *
     * @param interfaceIndex from {@link #addInterface}
     * @param statistics what was counted at it
     * @throws IllegalArgumentException if the interface's unit cannot express a time
     * @throws IOException if the sink fails
     */
    public void statistics(int interfaceIndex, InterfaceStatistics statistics) throws IOException {
        WrittenInterface to = interfaces.get(interfaceIndex);
        OptionalLong start = to.ticks(statistics.startTime());
        OptionalLong end = to.ticks(statistics.endTime());
        long time = end.isPresent() ? end.getAsLong() : to.lastTicks != 0 ? to.lastTicks : start.orElse(0);
        BlockBuilder block = new BlockBuilder(PcapngCodes.INTERFACE_STATISTICS)
                .u32(interfaceIndex)
                .ticks(time)
                .text(PcapngCodes.COMMENT, statistics.comment());
        start.ifPresent(ticks -> block.option(PcapngCodes.ISB_STARTTIME, 8).ticks(ticks));
        end.ifPresent(ticks -> block.option(PcapngCodes.ISB_ENDTIME, 8).ticks(ticks));
        count(block, PcapngCodes.ISB_IFRECV, statistics.received());
        count(block, PcapngCodes.ISB_IFDROP, statistics.droppedByInterface());
        count(block, PcapngCodes.ISB_FILTERACCEPT, statistics.acceptedByFilter());
        count(block, PcapngCodes.ISB_OSDROP, statistics.droppedByKernel());
        count(block, PcapngCodes.ISB_USRDELIV, statistics.delivered());
        block.writeTo(out);
    }

    /**
     * Hands all that was written to the sink.
     *
     * @throws IOException if the sink fails
     */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Writes a packet of another file for an interface of its link type, with its block's options. */
    void write(int interfaceIndex, PacketRecord packet) throws IOException {
        WrittenInterface to = interfaces.get(interfaceIndex);
        boolean sameUnit = to.hasUnitOf(packet.interfaceDescription);
        if (sameUnit && isRaw(packet)) {
            writeRaw(to, packet);
            return;
        }
        TimestampUnit unit = to.description.unit();
        long ticks = packet.hasTimestamp && sameUnit
                ? packet.ticks
                : packet.hasTimestamp ? unit.ticks(packet.timestampNanos) : unit.nearestTicks(packet.timestampNanos);
        writeAt(interfaceIndex, ticks, packet);
    }

    /** Writes a packet at a time of its own. */
    void writeAt(int interfaceIndex, long ticks, PacketRecord packet) throws IOException {
        int optionsLength = options.take(packet);
        write(
                interfaceIndex,
                ticks,
                packet.buffer(),
                packet.dataPosition,
                packet.capturedLength,
                packet.originalLength,
                optionsLength);
    }

    /** Writes a block that is not a packet. */
    void write(BlockBuilder block) throws IOException {
        block.writeTo(out);
    }

    /** How many options of packets were left out, for they must not be copied. */
    long droppedOptions() {
        return options.dropped;
    }

    /** Whether of the packet's block all but the interface can stay as it is, in the same unit of time. */
    private boolean isRaw(PacketRecord packet) {
        PcapngBlock block = packet.block;
        return block.length > 0
                && (packet.verbatim == PacketRecord.BLOCK || isAsWritten(packet, block))
                && staysRaw(packet);
    }

    private static boolean isAsWritten(PacketRecord packet, PcapngBlock block) {
        return block.type == PcapngCodes.ENHANCED_PACKET
                && block.buffer.order() == ByteOrder.LITTLE_ENDIAN
                && packet.originalLength == block.u32(24);
    }

    /** Whether a {@link PacketRecord#BLOCK} has nothing that must not be copied. */
    boolean staysRaw(PacketRecord packet) {
        return packet.optionsLength == 0 || options.allCopied(packet);
    }

    /** Writes a block of which only the interface is another. */
    void writeRaw(WrittenInterface to, PacketRecord packet) throws IOException {
        PcapngBlock block = packet.block;
        out.record(
                (long) block.length << 32 | PcapngCodes.ENHANCED_PACKET,
                (long) block.buffer.getInt(block.position + 12) << 32 | to.id,
                block.buffer,
                block.position + 16,
                block.length - 16);
        to.saw(packet.ticks, packet.capturedLength);
    }

    List<WrittenInterface> interfaces() {
        return interfaces;
    }

    private static void count(BlockBuilder block, int code, OptionalLong count) {
        count.ifPresent(packets -> block.option(code, 8).u64(packets));
    }

    private static long ticks(Packet packet, TimestampUnit unit) {
        if (!packet.hasTimestamp()) {
            return unit.nearestTicks(packet.timestampNanos());
        }
        boolean sameUnit = packet.interfaceDescription().unit().equals(unit);
        return sameUnit ? packet.ticks() : unit.ticks(packet.timestampNanos());
    }

    private void write(
            int interfaceIndex,
            long ticks,
            ByteBuffer from,
            int position,
            int captured,
            long originalLength,
            int optionsLength)
            throws IOException {
        if (optionsLength == 0) {
            out.packetBlock(interfaceIndex, ticks, from, position, captured, originalLength);
        } else {
            int padding = -captured & 3;
            int blockLength = 32 + captured + padding + optionsLength;
            out.begin(blockLength);
            out.packetHeader(blockLength, interfaceIndex, ticks, captured, originalLength)
                    .octets(from, position, captured);
            out.padding(padding);
            options.writeTo(out);
            out.reserve(4).u32(blockLength);
        }
        interfaces.get(interfaceIndex).saw(ticks, captured);
    }
}
