package io.podcapture.pcap;

/**
 * Moves times of an input, whose clock was wrong, on their way into an output.
 *
 * @param nanos added to each time; 0 leaves ticks as they are
 */
record TimeShift(TimestampUnit from, TimestampUnit to, long nanos) {
    /** A unit that holds what is moved by so much as exactly as what is not. */
    static InterfaceDescription widened(InterfaceDescription description, long nanos) {
        int resolution = description.timestampResolution();
        if (nanos == 0 || resolution > TimestampUnit.NANOSECONDS || isWhole(nanos, resolution)) {
            return description;
        }
        return description.toBuilder()
                .timestampResolution(TimestampUnit.NANOSECONDS)
                .build();
    }

    private static boolean isWhole(long nanos, int resolution) {
        long tick = 1;
        for (int i = resolution; i < TimestampUnit.NANOSECONDS; i++) {
            tick *= 10;
        }
        return nanos % tick == 0;
    }

    long ticks(long ticks) {
        return nanos == 0 && from.equals(to) ? ticks : to.nearestTicks(moved(from.nanos(ticks), nanos));
    }

    /** The sum, or the nearest time that nanoseconds can tell. */
    static long moved(long time, long nanos) {
        long sum = time + nanos;
        return ((time ^ sum) & (nanos ^ sum)) >= 0 ? sum : time < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
