package io.podcapture.pcap;

import java.io.IOException;

/**
 * Finds in a pcap file in order of time where packets of a time begin, by halving: at each place tried, records are found
 * as they are after damage.
 *
 * <p>Captures are out of order by milliseconds, as several processors stamp packets; so the place is sought for a second
 * earlier. What is further out of order shows where places tried contradict each other, or later where packets are read.
 */
final class TimeSearch {
    /** By how much packets may be out of order in a file that counts as ordered. */
    static final long MARGIN_NANOS = 1_000_000_000;

    /** Reading this much costs less than to try one more place. */
    static final int NEAR = 512 << 10;

    private final SeekableFile file;
    private final PcapReader begun;
    private long low;
    private long lowTime;
    private long high;
    private long highTime = Long.MAX_VALUE;

    /** The reader is on the first packet of the file. */
    TimeSearch(SeekableFile file, PcapReader begun) throws IOException {
        this.file = file;
        this.begun = begun;
        low = begun.input.offset();
        lowTime = begun.timestampNanos;
        high = file.length();
    }

    /**
     * The offset of a record before which all are earlier than {@code nanos}.
     *
     * @throws NotOrderedException if places contradict each other
     * @throws PcapFormatException if records at a place are damaged
     */
    long before(long nanos) throws IOException, NotOrderedException {
        long sought = saturatedMinus(nanos, MARGIN_NANOS);
        while (high - low > NEAR) {
            tryPlace(low + (high - low) / 2, sought);
        }
        return low;
    }

    private void tryPlace(long middle, long sought) throws IOException, NotOrderedException {
        PcapReader reader = new PcapReader(file.from(middle), begun);
        reader.follows(lowTime);
        boolean found = reader.resync().passOver(false) == Resync.Outcome.FOUND;
        long offset = reader.input.offset();
        if (!found || offset >= high || !reader.next()) {
            high = middle;
            return;
        }
        long time = reader.timestampNanos;
        if (time < saturatedMinus(lowTime, MARGIN_NANOS) || saturatedMinus(time, MARGIN_NANOS) > highTime) {
            throw new NotOrderedException();
        }
        if (time < sought) {
            low = offset;
            lowTime = time;
        } else {
            high = middle;
            highTime = time;
        }
    }

    static long saturatedMinus(long nanos, long margin) {
        return nanos < Long.MIN_VALUE + margin ? Long.MIN_VALUE : nanos - margin;
    }

    static long saturatedPlus(long nanos, long margin) {
        return nanos > Long.MAX_VALUE - margin ? Long.MAX_VALUE : nanos + margin;
    }
}
