package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of a pcap file, or of a further one glued to its end.
 *
 * <pre>
 *  0 magic                               16 snaplen
 *  4 major version, 2   6 minor          20 FCS bits, link type in the low 16
 *  8 reserved (time zone, accuracy)
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcap, "File Header"; for the kinds refused, sf-pcap.c of libpcap.
 *
 * @param order of the header and of the records
 * @param nanoseconds whether fractions of seconds are declared as nanoseconds, else microseconds
 * @param recordHeaderLength octets
 * @param lastWord the link type in the low half, and what {@link FrameCheck} reads
 */
record PcapFileHeader(ByteOrder order, boolean nanoseconds, int recordHeaderLength, long snaplen, int lastWord) {
    static final int LENGTH = 24;
    static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    static final int NANOSECONDS_MAGIC = 0xa1b23c4d;

    /** Of Kuznetsov's patch to libpcap, in Linux distributions around the year 2000. */
    private static final int MODIFIED_MAGIC = 0xa1b2cd34;

    private static final int MODIFIED_RECORD_HEADER = 24;
    /** Octets of a record's header, but for modified pcap. */
    static final int RECORD_HEADER = 16;

    private static final int MAJOR = 2;

    /** Of a header where a record is due: those that were written before had no minor version above. */
    private static final int MAX_MINOR = 4;

    /** Whether four octets, read in either order, are a magic of pcap. */
    static boolean begins(int magic) {
        return accepts(magic) || accepts(Integer.reverseBytes(magic));
    }

    /** Whether it is worth to ask {@link #begins}: both halves of all magics in one comparison each. */
    static boolean mayBegin(int magic) {
        return magic >>> 16 == 0xa1b2 || (magic & 0xffff) == 0xb2a1;
    }

    private static boolean accepts(int magic) {
        return magic == MICROSECONDS_MAGIC || magic == NANOSECONDS_MAGIC || magic == MODIFIED_MAGIC;
    }

    /** The name of a kind of pcap that is not read; null for any other magic. */
    static @Nullable String refused(int magic) {
        return switch (magic) {
            case 0xa1b234cd -> "pcap as patched by fmesquita";
            case 0xa12b3c4d -> "pcap as written by Navtel devices";
            case 0xa1b2c3cb -> "a compiled BPF filter of libpcap, which holds no packets";
            default -> null;
        };
    }

    /**
     * Whether a header is where a record is due, of which at least 8 octets are at hand. As a record it would be of one
     * microsecond in the year 2055.
     */
    static boolean isAt(ByteBuffer buffer, int at) {
        int magic = buffer.getInt(at);
        if (!mayBegin(magic) || !begins(magic)) {
            return false;
        }
        boolean swapped = !accepts(magic);
        int major = u16(buffer, at + 4, swapped);
        int minor = u16(buffer, at + 6, swapped);
        return major == MAJOR && minor <= MAX_MINOR;
    }

    /** The header at an index from which 24 octets are at hand, and which begins with a magic of pcap. */
    static PcapFileHeader read(ByteBuffer buffer, int at) throws PcapFormatException {
        boolean swapped = !accepts(buffer.getInt(at));
        int major = u16(buffer, at + 4, swapped);
        if (major != MAJOR) {
            throw PcapFormatException.unsupported(
                    "pcap version " + major + "." + u16(buffer, at + 6, swapped) + ", only 2.x is read");
        }
        int magic = i32(buffer, at, swapped);
        return new PcapFileHeader(
                swapped ? reverse(buffer.order()) : buffer.order(),
                magic == NANOSECONDS_MAGIC,
                magic == MODIFIED_MAGIC ? MODIFIED_RECORD_HEADER : RECORD_HEADER,
                i32(buffer, at + 16, swapped) & 0xffff_ffffL,
                i32(buffer, at + 20, swapped));
    }

    /** Fractions per second. */
    long resolution() {
        return nanoseconds ? 1_000_000_000 : 1_000_000;
    }

    /** Whether records after either header have the same form. */
    boolean sameRecords(PcapFileHeader other) {
        return order.equals(other.order)
                && nanoseconds == other.nanoseconds
                && recordHeaderLength == other.recordHeaderLength;
    }

    PcapFileHeader withNanoseconds() {
        return new PcapFileHeader(order, true, recordHeaderLength, snaplen, lastWord);
    }

    InterfaceDescription description() {
        InterfaceDescriptionBuilder builder = InterfaceDescription.builder(new LinkType(lastWord & 0xffff))
                .snaplen(snaplen)
                .timestampResolution(nanoseconds ? TimestampUnit.NANOSECONDS : TimestampUnit.MICROSECONDS);
        Optional<RawOption> frameCheck = FrameCheck.option(lastWord);
        return frameCheck.isPresent() ? builder.other(frameCheck.get()).build() : builder.build();
    }

    private static ByteOrder reverse(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static int u16(ByteBuffer buffer, int at, boolean swapped) {
        short value = buffer.getShort(at);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    private static int i32(ByteBuffer buffer, int at, boolean swapped) {
        int value = buffer.getInt(at);
        return swapped ? Integer.reverseBytes(value) : value;
    }
}
