package io.podcapture.pcap;

import java.nio.ByteBuffer;

/** Chains of packet records of pcap, and of headers of files glued together. */
final class PcapChains extends Chains {
    /** libpcap's largest snaplen: only a file that has shown longer packets is believed to have them. */
    static final int MAX_PLAUSIBLE = 262_144;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final PcapReader reader;
    private int[] chains = new int[0];
    private int steps;

    PcapChains(CaptureInput input, PcapReader reader) {
        super(input);
        this.reader = reader;
    }

    @Override
    void map() {
        if (chains.length < length) {
            chains = new int[length];
        }
        steps = length;
        PcapFileHeader header = reader.header();
        for (int at = length - 1; at >= 0; at--) {
            chains[at] = chainFrom(at, header);
        }
    }

    @Override
    void drop() {
        chains = new int[0];
    }

    @Override
    long held() {
        return (long) Integer.BYTES * chains.length;
    }

    @Override
    int chain(int at) {
        return chains[at];
    }

    private int chainFrom(int at, PcapFileHeader header) {
        if (at + header.recordHeaderLength() > length) {
            return 0;
        }
        if (isFileHeader(at)) {
            return chainFromFileHeader(at, header);
        }
        int next = nextRecord(at, header);
        return next < 0 ? 0 : chainTo(next, header.recordHeaderLength(), chains);
    }

    private boolean isFileHeader(int at) {
        return at + PcapFileHeader.LENGTH <= length && PcapFileHeader.isAt(input.buffer(), index(at));
    }

    private int chainFromFileHeader(int at, PcapFileHeader header) {
        PcapFileHeader begun = fileHeader(at);
        int records = at + PcapFileHeader.LENGTH;
        if (begun.sameRecords(header)) {
            return chainTo(records, header.recordHeaderLength(), chains);
        }
        // Records of another form are in no map, so they are walked, but not without end from each octet.
        int count = 1;
        int next = records;
        while (next + begun.recordHeaderLength() <= length && steps > 0) {
            int after = nextRecord(next, begun);
            if (after < 0) {
                return chain(next, count);
            }
            next = after;
            count++;
            steps--;
        }
        return steps == 0 ? 0 : chain(toTheEnd() ? next == length ? AT_END : CUT : OPEN, count);
    }

    private PcapFileHeader fileHeader(int at) {
        try {
            return PcapFileHeader.read(input.buffer(), index(at));
        } catch (PcapFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the record ends; negative if the octets are none like those of this file. */
    private int nextRecord(int at, PcapFileHeader header) {
        int octets = recordLength(index(at), header);
        return octets < 0 ? -1 : at + octets;
    }

    private int recordLength(int index, PcapFileHeader header) {
        ByteBuffer buffer = input.buffer();
        boolean swapped = header.order() != buffer.order();
        long captured = u32(buffer, index + 8, swapped);
        long original = u32(buffer, index + 12, swapped);
        boolean plausible = captured <= mostCaptured()
                && original >= captured
                && original > 0
                && original <= RecordReader.MAX_CAPTURED_LENGTH
                && u32(buffer, index + 4, swapped) < mostFraction(header);
        return plausible ? header.recordHeaderLength() + (int) captured : -1;
    }

    /** Octets of the record at an index of the buffer, where its header is at hand; negative if it is none. */
    int recordLength(int index) {
        return recordLength(index, reader.header());
    }

    /** Whether a record or file header is at an index of the buffer. */
    boolean plausible(int index) {
        return PcapFileHeader.isAt(input.buffer(), index) || recordLength(index, reader.header()) > 0;
    }

    long mostCaptured() {
        return Math.max(MAX_PLAUSIBLE, reader.longestCaptured);
    }

    private long mostFraction(PcapFileHeader header) {
        return reader.normalizedTimes == 0 ? header.resolution() : NANOS_PER_SECOND;
    }

    @Override
    long time(int at) {
        if (isFileHeader(at)) {
            int first = at + PcapFileHeader.LENGTH;
            boolean known = fileHeader(at).sameRecords(reader.header()) && first < length && chains[first] != 0;
            return known ? time(first) : NO_TIME;
        }
        ByteBuffer buffer = input.buffer();
        long fraction = u32(buffer, index(at) + 4, false);
        return u32(buffer, index(at), false) * NANOS_PER_SECOND
                + fraction * (NANOS_PER_SECOND / reader.header().resolution());
    }

    @Override
    boolean areCertain() {
        return false;
    }

    @Override
    int next(int at) {
        return isFileHeader(at) ? at + PcapFileHeader.LENGTH : nextRecord(at, reader.header());
    }

    @Override
    int nextByWhatIsLeft() {
        int at = here();
        PcapFileHeader header = reader.header();
        if (at + header.recordHeaderLength() > length) {
            return -1;
        }
        ByteBuffer buffer = input.buffer();
        long original = u32(buffer, index(at) + 12, false);
        long kept = header.snaplen() == 0 ? original : Math.min(original, header.snaplen());
        long next = at + header.recordHeaderLength() + kept;
        boolean left = original > 0 && u32(buffer, index(at) + 4, false) < mostFraction(header);
        return left && next < length ? (int) next : -1;
    }

    private static long u32(ByteBuffer buffer, int index, boolean swapped) {
        int value = buffer.getInt(index);
        return (swapped ? Integer.reverseBytes(value) : value) & 0xffff_ffffL;
    }
}
