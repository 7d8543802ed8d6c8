package io.podcapture.pcap;

import java.io.IOException;

/**
 * Finds in a pcap file in order of time where packets of a time begin, by halving: at each place tried, records are found
 * as they are after damage.
 *
 * <p>Captures are out of order by milliseconds, as several processors stamp packets; so the place is sought for a second
 * earlier. What is further out of order shows where places tried contradict each other, or later where packets are read.
 * The end is tried too, where a further file glued on shows most often.
 */
final class TimeSearch {
    /** By how much packets may be out of order in a file that counts as ordered. */
    static final long MARGIN_NANOS = 1_000_000_000;

    /** Reading this much costs less than to try one more place. */
    static final int NEAR = 512 << 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** So many fractions below a thousandth are no chance. */
    private static final int SEVERAL = 8;

    private final SeekableFile file;
    private final PcapReader begun;
    private long low;
    private long lowTime;
    private long high;

    /** Of all places tried. */
    private long latest = Long.MIN_VALUE;

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
     * @throws NotOrderedException if places contradict each other, or the file is not one with one header, as far as seen
     * @throws PcapFormatException if records at a place are damaged
     */
    long before(long nanos) throws IOException, NotOrderedException {
        long sought = saturatedMinus(nanos, MARGIN_NANOS);
        if (high - low <= NEAR) {
            return low;
        }
        while (high - low > NEAR) {
            tryPlace(low + (high - low) / 2, sought);
        }
        long last = lastTime();
        if (last < saturatedMinus(latest, MARGIN_NANOS)) {
            throw new NotOrderedException();
        }
        if (last < nanos) {
            throw new NotOrderedException("its last packet is earlier than the window");
        }
        return low;
    }

    /**
     * The time of the last packet. All near the end are read for it, for a further file glued on is to be noticed: it has
     * its header there, or records of another form, or earlier ones.
     */
    private long lastTime() throws IOException, NotOrderedException {
        long near = file.length() - NEAR;
        PcapReader reader = new PcapReader(file.from(Math.max(low, near)), begun);
        reader.follows(lowTime);
        if (low < near && !new PlaceSearch(reader).found()) {
            throw new NotOrderedException("its end has no records like its beginning");
        }
        long last = lowTime;
        int packets = 0;
        boolean coarse = begun.header().nanoseconds();
        while (nextUnlessCut(reader)) {
            check(reader, last, Long.MAX_VALUE);
            last = Math.max(last, reader.timestampNanos);
            coarse &= reader.timestampNanos % NANOS_PER_SECOND < MICROS_PER_SECOND;
            packets++;
        }
        if (coarse && packets >= SEVERAL) {
            throw new NotOrderedException("the times at its end are microseconds, its header declares nanoseconds");
        }
        return last;
    }

    private static boolean nextUnlessCut(PcapReader reader) throws IOException {
        try {
            return reader.next();
        } catch (PcapFormatException e) {
            if (e.truncated()) {
                return false;
            }
            throw e;
        }
    }

    private static void check(PcapReader reader, long before, long behind) throws NotOrderedException {
        if (reader.interfaces.size() > 1) {
            throw NotOrderedException.glued();
        }
        long time = reader.timestampNanos;
        if (time < saturatedMinus(before, MARGIN_NANOS) || saturatedMinus(time, MARGIN_NANOS) > behind) {
            throw new NotOrderedException();
        }
    }

    private void tryPlace(long middle, long sought) throws IOException, NotOrderedException {
        PcapReader reader = new PcapReader(file.from(middle), begun);
        reader.follows(lowTime);
        boolean found = new PlaceSearch(reader).found();
        long offset = reader.input.offset();
        if (!found || offset >= high || !reader.next()) {
            high = middle;
            return;
        }
        check(reader, lowTime, highTime);
        long time = reader.timestampNanos;
        latest = Math.max(latest, time);
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
