package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Reads pcap.
 *
 * <pre>
 * file header, 24 octets                      record header, 16 octets (modified: 24)
 *  0 magic                                     0 seconds
 *  4 major version, 2   6 minor version, 4     4 micro- or nanoseconds
 *  8 reserved (time zone, accuracy)            8 captured length
 * 16 snaplen                                  12 original length
 * 20 FCS bits, link type in the low 16        16 (modified: interface, protocol, type)
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcap, "File Header", "Packet Record".
 */
final class PcapReader extends RecordReader {
    static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    static final int NANOSECONDS_MAGIC = 0xa1b23c4d;

    /** Of Kuznetsov's patch to libpcap, in Linux distributions around the year 2000. */
    private static final int MODIFIED_MAGIC = 0xa1b2cd34;

    private static final String FORMAT = "pcap";
    private static final String RECORD = "packet record";

    private final long fractionsPerSecond;
    private final int headerLength;

    private PcapReader(CaptureInput input, int magic) throws IOException {
        super(input);
        if (input.fill(24) < 24) {
            throw input.cut(FORMAT, "file header", 24);
        }
        int major = input.u16(4);
        if (major != 2) {
            throw PcapFormatException.unsupported("pcap version " + major + "." + input.u16(6) + ", only 2.x is read");
        }
        boolean nanoseconds = magic == NANOSECONDS_MAGIC;
        fractionsPerSecond = nanoseconds ? 1_000_000_000 : 1_000_000;
        headerLength = magic == MODIFIED_MAGIC ? 24 : 16;
        interfaces.add(InterfaceDescription.builder(new LinkType((int) input.u32(20) & 0xffff))
                .snaplen(input.u32(16))
                .timestampResolution(nanoseconds ? TimestampUnit.NANOSECONDS : TimestampUnit.MICROSECONDS)
                .build());
        input.skip(24);
    }

    static boolean accepts(int magic) {
        return magic == MICROSECONDS_MAGIC || magic == NANOSECONDS_MAGIC || magic == MODIFIED_MAGIC;
    }

    /** The magic is at hand, read in big-endian order. */
    static PcapReader open(CaptureInput input, int magic) throws IOException {
        boolean bigEndian = accepts(magic);
        input.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new PcapReader(input, bigEndian ? magic : Integer.reverseBytes(magic));
    }

    @Override
    boolean next() throws IOException {
        if (input.endsHere()) {
            return false;
        }
        if (input.fill(headerLength) < headerLength) {
            throw input.cut(FORMAT, RECORD, headerLength);
        }
        long captured = input.u32(8);
        if (captured > MAX_CAPTURED_LENGTH) {
            String seen = "captured length " + captured + ", at most " + MAX_CAPTURED_LENGTH + " is taken";
            throw PcapFormatException.bad(FORMAT, RECORD, input.offset(), seen, captured, MAX_CAPTURED_LENGTH);
        }
        int length = headerLength + (int) captured;
        if (input.fill(length) < length) {
            throw input.cut(FORMAT, RECORD, length);
        }
        long ticks = input.u32(0) * fractionsPerSecond + input.u32(4);
        take(0, ticks, headerLength, (int) captured, input.u32(12));
        input.skip(length);
        return true;
    }
}
