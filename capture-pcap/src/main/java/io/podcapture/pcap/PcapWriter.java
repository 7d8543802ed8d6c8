package io.podcapture.pcap;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes a pcap file, little-endian.
 *
 * <p>One buffer of 256 KiB is held and nothing is allocated per packet. After an {@link IOException} only
 * {@link #close()} makes sense. Not for use by several threads. Blocks as its sink does.
 *
 * <p>Source: draft-ietf-opsawg-pcap, "File Header", "Packet Record".
 *
 * @since 0.1
 */
public final class PcapWriter implements Closeable, Flushable {
    private final CaptureOutput out;
    private final LinkType linkType;
    private final long snaplen;
    private final boolean nanoseconds;

    /** With what {@link FrameCheck} has in the last word of the header. */
    PcapWriter(CaptureOutput out, LinkType linkType, long snaplen, boolean nanoseconds, int frameCheck)
            throws IOException {
        this.out = out;
        this.linkType = linkType;
        this.snaplen = snaplen;
        this.nanoseconds = nanoseconds;
        out.reserve(24)
                .u32(nanoseconds ? PcapFileHeader.NANOSECONDS_MAGIC : PcapFileHeader.MICROSECONDS_MAGIC)
                .u16(2)
                .u16(4)
                .u64(0)
                .u32(snaplen)
                .u32(linkType.number() | frameCheck);
    }

    /**
     * {@return a builder of a writer of microseconds with snaplen 262144}
     *
     * @param linkType of all packets of the file
     */
    public static PcapWriterBuilder builder(LinkType linkType) {
        return new PcapWriterBuilder(linkType);
    }

    /**
     * Writes a packet of another file.
     *
     * @param packet of the file's link type
     * @throws IllegalArgumentException if it is of another link type, longer than the snaplen, or not within the years
     *     1970 to 2106
     * @throws IOException if the sink fails
     */
    public void write(PacketView packet) throws IOException {
        if (!packet.linkType().equals(linkType)) {
            throw new IllegalArgumentException(
                    "packet of link type " + packet.linkType() + " for a file of link type " + linkType);
        }
        write(packet.timestampNanos(), packet.data(), packet.originalLength());
    }

    /**
     * Writes a packet.
     *
     * @param timestampNanos nanoseconds since 1970, rounded down to the file's unit
     * @param data the captured octets, from position to limit, which do not change; at most snaplen
     * @param originalLength octets on the wire, from those of {@code data} to 4294967295
     * @throws IllegalArgumentException if a length is out of range, or the time not within the years 1970 to 2106
     * @throws IOException if the sink fails
     */
    public void write(long timestampNanos, ByteBuffer data, long originalLength) throws IOException {
        int captured = data.remaining();
        if (captured > snaplen || originalLength < captured || originalLength > 0xffff_ffffL) {
            throw new IllegalArgumentException("captured length " + captured + " of original length " + originalLength
                    + " cannot be written with snaplen " + snaplen);
        }
        long seconds = Math.floorDiv(timestampNanos, 1_000_000_000L);
        if (seconds < 0 || seconds > 0xffff_ffffL) {
            throw new IllegalArgumentException("timestamp " + TimestampUnit.instant(timestampNanos)
                    + " cannot be written to pcap, which ends in 2106");
        }
        put(timestampNanos, data, data.position(), captured, originalLength);
    }

    /** Writes what is in range, but perhaps longer than the snaplen. */
    void put(long timestampNanos, ByteBuffer from, int position, int captured, long originalLength) throws IOException {
        long seconds = timestampNanos / 1_000_000_000L;
        long fraction = timestampNanos - seconds * 1_000_000_000L;
        long part = nanoseconds ? fraction : fraction / 1_000;
        out.record(part << 32 | seconds, originalLength << 32 | captured, from, position, captured);
    }

    /**
     * Hands all that was written to the sink, the file header too.
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
}
