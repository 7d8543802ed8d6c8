package io.podcapture.fabric8;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Octets in which a capture comes out of its pod, as the standard output of one command.
 *
 * @param name of what it is
 * @param command which command prints it
 * @param start with how many the start has what it waits for; -1 where it waits for none
 * @param packets with how many all packets are there
 * @param whole from how many on the capture may be complete
 * @param end behind how many nothing of it matters
 */
record RunStream(String name, Predicate<List<String>> command, long start, long packets, long whole, long end) {
    static final int HEADER = 24;
    /** A line end, {@code podcapture}, sixteen digits, three of the status, a line end. */
    static final int TRAILER = 33;

    private static final int TAR_HEADER = 512;
    private static final Predicate<List<String>> TCPDUMP = argv -> argv.contains("tcpdump");

    /**
     * Returns what tcpdump prints: packets and the trailer behind them, or just that where it writes into files.
     *
     * @param octets of the capture file
     */
    static RunStream printed(RunMethod method, long octets) {
        return method == RunMethod.SIDECAR
                ? new RunStream("trailer", TCPDUMP, -1, 0, TRAILER, TRAILER)
                : new RunStream("stream", TCPDUMP, HEADER, octets, octets + TRAILER, octets + TRAILER);
    }

    /** Returns that which brings the packets: the files, in an archive, where tcpdump writes such. */
    static RunStream carrying(RunMethod method, long octets) {
        // Behind its last packet an archive has zeros that not everybody waits for.
        long packets = TAR_HEADER + octets;
        return method == RunMethod.SIDECAR
                ? new RunStream(
                        "archive",
                        argv -> argv.contains("podcapture-spool") && !argv.contains("tcpdump"),
                        -1,
                        packets,
                        packets,
                        Long.MAX_VALUE)
                : printed(method, octets);
    }

    /** Tells whether there is nothing of it before the capture has ended. */
    boolean isLate() {
        return !command.equals(TCPDUMP);
    }

    /**
     * Returns a place by chance: in the header, at its end, anywhere, at the end of the packets, within the trailer, at its
     * end, never.
     *
     * @param packets behind how many octets the last packet ends
     */
    static long place(long packets, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(HEADER);
            case 1 -> HEADER;
            case 2 -> packets;
            case 3 -> packets + 1 + random.nextInt(TRAILER - 1);
            case 4 -> packets + TRAILER + random.nextInt(2);
            default -> (long) (random.nextDouble() * packets);
        };
    }
}
