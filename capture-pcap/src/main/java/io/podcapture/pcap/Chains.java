package io.podcapture.pcap;

import java.io.IOException;

/**
 * From which octets of a stretch of a file records or blocks follow one another, how many, and up to where.
 *
 * <p>Found from the stretch's end to its start, so that each octet is looked at once, whatever it holds.
 */
abstract sealed class Chains permits PcapChains, PcapngChains {
    /** Ends of chains that do not break within the stretch. */
    static final int OPEN = (1 << 26) - 1;

    static final int AT_END = OPEN - 1;
    static final int CUT = OPEN - 2;

    static final long NO_TIME = Long.MIN_VALUE;

    private static final int COUNT_BITS = 5;
    private static final int MAX_COUNT = (1 << COUNT_BITS) - 1;

    final CaptureInput input;

    /** How many octets the stretch has. */
    int length;

    private long base;
    private boolean toTheEnd;

    Chains(CaptureInput input) {
        this.input = input;
    }

    /** Makes the stretch begin at or before the input's position, and reach {@code reach} octets beyond if they come. */
    final void cover(int reach) throws IOException {
        cover(0, reach);
    }

    /** As {@link #cover(int)}, for a place so many octets after the input's position, which are at hand. */
    final void cover(int ahead, int reach) throws IOException {
        long from = input.offset() + ahead;
        boolean covered = base <= from && from < base + length && (toTheEnd || from + reach <= base + length);
        if (!covered) {
            int wanted = 2 * reach;
            length = Math.min(input.fill(ahead + wanted) - ahead, wanted);
            base = from;
            toTheEnd = input.ended() && input.fill(ahead + length + 1) == ahead + length;
            map();
        }
    }

    /** Gives the memory back; the next {@link #cover} begins anew. */
    final void release() {
        length = 0;
        drop();
    }

    /** The input's position, as all others here counted from the stretch's start; negative if it lies ahead. */
    final int here() {
        return (int) (input.offset() - base);
    }

    /** Whether the file ends with the stretch. */
    final boolean toTheEnd() {
        return toTheEnd;
    }

    final boolean covers(long offset) {
        return base <= offset && offset < base + length;
    }

    /** The index in the input's buffer. */
    final int index(int at) {
        return input.position() + at - here();
    }

    /** How many follow one another from there, 31 at most; 0 if none begins. */
    final int count(int at) {
        return chain(at) & MAX_COUNT;
    }

    /** Where the chain from there breaks, or one of the ends above. */
    final int end(int at) {
        return chain(at) >>> COUNT_BITS;
    }

    static int chain(int end, int count) {
        return end << COUNT_BITS | Math.min(count, MAX_COUNT);
    }

    /** The chain of one that ends at {@code next}, and whose successor needs {@code least} octets to be known. */
    final int chainTo(long next, int least, int[] chains) {
        if (next == length) {
            return chain(toTheEnd ? AT_END : OPEN, 1);
        }
        if (next + least > length) {
            return chain(toTheEnd ? CUT : OPEN, 1);
        }
        int successor = chains[(int) next];
        return successor == 0 ? chain((int) next, 1) : chain(successor >>> COUNT_BITS, (successor & MAX_COUNT) + 1);
    }

    abstract void map();

    abstract void drop();

    /** Octets of memory held. */
    abstract long held();

    abstract int chain(int at);

    /** Nanoseconds since 1970 of the first packet from there on, {@link #NO_TIME} if it is not known. */
    abstract long time(int at);

    /** Whether one alone is hardly a chance. */
    abstract boolean areCertain();

    /** Where the one that begins at {@code at} ends; negative if that cannot be told. */
    abstract int next(int at);

    /** Where the next one begins if of the one here only a length is damaged; negative if that is not so. */
    abstract int nextByWhatIsLeft();
}
