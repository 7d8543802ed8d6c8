package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads pcap, also several files glued together: each is a part with an interface of its own.
 *
 * <pre>
 * record header, 16 octets (modified: 24)
 *  0 seconds   4 micro- or nanoseconds   8 captured length   12 original length
 * 16 (modified: interface, protocol, type)
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcap, "Packet Record".
 */
final class PcapReader extends RecordReader {
    private static final String FORMAT = "pcap";
    private static final String RECORD = "packet record";

    static final long LOW = 0xffff_ffffL;

    /** Disks write 512 octets at least. */
    private static final int ZERO_RUN = 256;

    private PcapFileHeader header;
    private boolean unitIsKnown;

    /** The smallest fraction that is a whole second of what the file declares. */
    long declaredSecond;

    private final PcapChains chains;
    private final Resync resync;

    boolean littleEndian;
    long resolution;
    int plainForm;

    /** The record at {@link #plainAt}, which is like nearly all: seconds in the low half, fraction. */
    long plainTime;

    /** Captured length in the low half, original length. */
    long plainLengths;

    /** The magic is at hand. */
    PcapReader(CaptureInput input) throws IOException {
        super(input);
        header = beginPart();
        chains = new PcapChains(input, this);
        resync = new Resync(this, chains);
    }

    /**
     * Goes on elsewhere in the file that {@code begun} has read the header of, and perhaps a record: at a record, or at
     * any octet if {@link #resync()} is called first.
     */
    PcapReader(CaptureInput input, PcapReader begun) {
        super(input);
        header = begun.header;
        unitIsKnown = begun.unitIsKnown;
        declaredSecond = begun.declaredSecond;
        longestCaptured = begun.longestCaptured;
        interfaces.add(begun.interfaces.get(0));
        input.order(header.order());
        chains = new PcapChains(input, this);
        resync = new Resync(this, chains);
    }

    PcapChains chains() {
        return chains;
    }

    PcapFileHeader header() {
        return header;
    }

    @Override
    Resync resync() {
        return resync;
    }

    private PcapFileHeader beginPart() throws IOException {
        if (input.fill(PcapFileHeader.LENGTH) < PcapFileHeader.LENGTH) {
            throw input.cut(FORMAT, "file header", PcapFileHeader.LENGTH);
        }
        PcapFileHeader begun = PcapFileHeader.read(input.buffer(), input.position());
        retain(FORMAT, "file header", PcapFileHeader.LENGTH);
        interfaces.add(begun.description());
        input.order(begun.order());
        input.skip(PcapFileHeader.LENGTH);
        unitIsKnown = begun.nanoseconds();
        declaredSecond = begun.resolution();
        return begun;
    }

    @Override
    boolean nextPlain() {
        int at = plainAt;
        if (at != input.position()) {
            return false;
        }
        long time = plainTime;
        long lengths = plainLengths;
        int captured = (int) lengths;
        int end = at + PcapFileHeader.RECORD_HEADER + captured;
        if (!look(end)) {
            return false;
        }
        long original = lengths >>> 32;
        takePlain(
                interfaceIndex,
                (time & LOW) * resolution + (time >>> 32),
                at + PcapFileHeader.RECORD_HEADER,
                captured,
                original);
        verbatim = plainForm;
        input.skip(end - at);
        return true;
    }

    /** Whether there is a record like nearly all, so that the one before it is one too. */
    private boolean look(int at) {
        plainAt = NOWHERE;
        if (at + PcapFileHeader.RECORD_HEADER > input.limit()) {
            return false;
        }
        ByteBuffer buffer = input.buffer();
        long time = buffer.getLong(at);
        long lengths = buffer.getLong(at + 8);
        if (!littleEndian) {
            time = Long.rotateLeft(time, 32);
            lengths = Long.rotateLeft(lengths, 32);
        }
        if (!isPlain(time, lengths, declaredSecond)) {
            return false;
        }
        plainTime = time;
        plainLengths = lengths;
        plainAt = at;
        return true;
    }

    /** Whether nothing about a record is odd; its fields are as {@link #plainTime} and {@link #plainLengths} have them. */
    static boolean isPlain(long time, long lengths, long second) {
        long captured = lengths & LOW;
        long original = lengths >>> 32;
        // Short of 1 there may be a run of zeros.
        return captured >= 1
                && captured <= PcapChains.MAX_PLAUSIBLE
                && original >= captured
                && original <= MAX_CAPTURED_LENGTH
                && time >>> 32 < second
                && !PcapFileHeader.mayBegin((int) time);
    }

    @Override
    boolean next() throws IOException {
        plainAt = NOWHERE;
        while (true) {
            int headerLength = header.recordHeaderLength();
            int available = input.fill(headerLength);
            if (available == 0 && input.endsHere()) {
                return false;
            }
            if (available >= 8 && PcapFileHeader.isAt(input.buffer(), input.position())) {
                header = beginPart();
            } else if (available < headerLength) {
                throw input.cut(FORMAT, RECORD, headerLength);
            } else {
                readRecord(headerLength);
                return true;
            }
        }
    }

    private void readRecord(int headerLength) throws IOException {
        long captured = input.u32(8);
        if (captured > MAX_CAPTURED_LENGTH) {
            throw bad(
                    "captured length " + captured + ", at most " + MAX_CAPTURED_LENGTH + " is taken",
                    captured,
                    MAX_CAPTURED_LENGTH);
        }
        if (captured == 0 && input.isZero(headerLength)) {
            refuseZeros(headerLength);
        }
        if (!unitIsKnown) {
            chooseUnit(headerLength);
        }
        int length = headerLength + (int) captured;
        if (careful && leadsNowhere(length, headerLength)) {
            throw bad("captured length " + captured + ", but other records begin within it", captured, 0);
        }
        if (input.fill(length) < length) {
            throw input.cut(FORMAT, RECORD, length);
        }
        long fraction = input.u32(4);
        if (fraction >= declaredSecond) {
            normalizedTimes++;
        }
        take(
                interfaces.size() - 1,
                input.u32(0) * header.resolution() + fraction,
                headerLength,
                (int) captured,
                input.u32(12));
        input.skip(length);
        if (headerLength == PcapFileHeader.RECORD_HEADER && mayBePlain()) {
            littleEndian = header.order() == ByteOrder.LITTLE_ENDIAN;
            resolution = header.resolution();
            plainForm = !littleEndian
                    ? NOTHING
                    : header.nanoseconds() ? TimestampUnit.NANOSECONDS : TimestampUnit.MICROSECONDS;
            look(input.position());
        }
    }

    /**
     * Zeros read as empty packets of 1970. A run of them is what a crashed machine left of blocks that were never
     * written; a few may be in a file that someone made so, but who looks for the next record loses nothing by it.
     */
    private void refuseZeros(int headerLength) throws IOException {
        int run = careful ? 2 * headerLength : ZERO_RUN;
        if (input.fill(run) >= run && input.isZero(run)) {
            throw bad("a run of zero octets", 0, 0);
        }
    }

    private boolean leadsNowhere(int length, int headerLength) throws IOException {
        if (length - headerLength <= chains.mostCaptured()) {
            int available = input.fill(length + headerLength);
            if (available < length + headerLength || chains.plausible(input.position() + length)) {
                return false;
            }
        }
        return resync.othersBeginWithin(length);
    }

    private void chooseUnit(int headerLength) throws IOException {
        unitIsKnown = true;
        if (NanosecondGuess.nanoseconds(input, headerLength)) {
            header = header.withNanoseconds();
            interfaces.set(interfaces.size() - 1, header.description());
        }
    }

    private PcapFormatException bad(String seen, long required, long available) {
        return PcapFormatException.bad(FORMAT, RECORD, input.offset(), seen, required, available);
    }
}
