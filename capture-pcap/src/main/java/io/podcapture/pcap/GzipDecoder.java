package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip of any number of members. The JDK's own stream takes a source that has nothing at hand for one that
 * ends, and loses the members after.
 *
 * <pre>
 * 0 magic, 1f 8b   2 method, 8   3 flags   4 time   8 level, system   10 fields by flags
 * compressed octets
 * 0 CRC-32   4 length, low 32 bits
 * </pre>
 *
 * <p>Source: RFC 1952, section 2.3.
 */
final class GzipDecoder implements Closeable {
    private static final String FORMAT = "gzip";
    private static final String MEMBER = "member";
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final OctetSource source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer in;
    private long bufferOffset;
    private long memberOffset;
    private boolean inMember;

    GzipDecoder(OctetSource source, int bufferOctets) {
        this.source = source;
        in = ByteBuffer.allocate(bufferOctets).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    /**
     * Decompresses at least one octet, and as many as come of the octets at hand and fit.
     *
     * @return how many; negative at the end
     * @throws PcapFormatException at a cut, after all octets before it were given, and at damage
     */
    int read(byte[] into) throws IOException {
        while (inMember || beginMember()) {
            int count = inflate(into);
            if (count > 0) {
                checksum.update(into, 0, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw bad("it needs a dictionary");
            } else {
                need(1);
                inflater.setInput(in.array(), in.position(), in.remaining());
                in.position(in.limit());
            }
        }
        return -1;
    }

    private int inflate(byte[] into) throws PcapFormatException {
        try {
            return inflater.inflate(into, 0, into.length);
        } catch (DataFormatException e) {
            PcapFormatException bad = bad("not decompressible" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            bad.initCause(e);
            throw bad;
        }
    }

    /** False at the end of the file. Zeros there are how tapes and some downloads fill up a file. */
    private boolean beginMember() throws IOException {
        memberOffset = offset();
        while (fill(1) && in.get(in.position()) == 0 && memberOffset > 0) {
            in.position(in.position() + 1);
        }
        if (!in.hasRemaining()) {
            return false;
        }
        memberOffset = offset();
        need(10);
        int start = in.position();
        int magic = Short.toUnsignedInt(Short.reverseBytes(in.getShort(start)));
        int method = in.get(start + 2);
        int flags = in.get(start + 3);
        if (magic != 0x1f8b || method != 8 || (flags & RESERVED) != 0) {
            throw bad("it begins with 0x" + Integer.toHexString(Integer.reverseBytes(in.getInt(start))));
        }
        in.position(start + 10);
        skipFields(flags);
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    private void skipFields(int flags) throws IOException {
        if ((flags & EXTRA) != 0) {
            need(2);
            skip(in.getShort() & 0xffff);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need(1);
            in.get();
        }
    }

    private void skipText() throws IOException {
        do {
            need(1);
        } while (in.get() != 0);
    }

    private void endMember() throws IOException {
        in.position(in.limit() - inflater.getRemaining());
        need(8);
        long expected = in.getInt() & 0xffff_ffffL;
        long length = in.getInt() & 0xffff_ffffL;
        inMember = false;
        if (expected != checksum.getValue() || length != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw bad("its checksum or length is not that of its content");
        }
    }

    private void need(int octets) throws IOException {
        if (!fill(octets)) {
            throw PcapFormatException.truncated(
                    FORMAT, MEMBER, memberOffset, offset() - memberOffset + octets, offset() - memberOffset);
        }
    }

    private boolean fill(int wanted) throws IOException {
        while (in.remaining() < wanted) {
            bufferOffset += in.position();
            in.compact();
            int end = in.position();
            int count = source.readSome(in);
            in.position(0).limit(end + Math.max(count, 0));
            if (count < 0) {
                return false;
            }
        }
        return true;
    }

    private long offset() {
        return bufferOffset + in.position();
    }

    private PcapFormatException bad(String seen) {
        return PcapFormatException.bad(FORMAT, MEMBER, memberOffset, seen, 0, 0);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
