package io.podcapture.pcap;

import java.io.IOException;

/**
 * Guesses whether a file that declares microseconds holds nanoseconds, as some writers leave the magic as it was.
 *
 * <p>It does if most of its first records have a fraction that no microseconds have. A fraction of one second, or a
 * little more, is a writer that did not carry; nanoseconds are spread over the whole second.
 */
final class NanosecondGuess {
    private static final int FEWEST = 8;
    private static final int MOST = 64;
    private static final long NOT_CARRIED = 2_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Read ahead only if the first record is suspect: a stream that lives gives no more than it has. */
    private static final int AHEAD = 16 << 10;

    private NanosecondGuess() {}

    /** The input is at the first record of its file, and has that one's header at hand. */
    static boolean nanoseconds(CaptureInput input, int headerLength) throws IOException {
        boolean suspect = input.u32(4) >= NOT_CARRIED;
        int atHand = input.fill(suspect ? AHEAD : headerLength);
        int count = 0;
        int large = 0;
        int at = 0;
        while (count < MOST && at + headerLength <= atHand) {
            long fraction = input.u32(at + 4);
            long captured = input.u32(at + 8);
            if (captured > RecordReader.MAX_CAPTURED_LENGTH) {
                break;
            }
            if (fraction >= NANOS_PER_SECOND) {
                return false;
            }
            count++;
            if (fraction >= NOT_CARRIED) {
                large++;
            }
            at += headerLength + (int) captured;
        }
        return count >= FEWEST && 2 * large > count;
    }
}
