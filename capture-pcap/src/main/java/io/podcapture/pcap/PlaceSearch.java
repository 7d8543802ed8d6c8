package io.podcapture.pcap;

import java.io.IOException;

/**
 * Finds a record of pcap from any octet of a file that is hardly damaged, for less than {@link Resync} takes: it follows
 * the records from each octet that may begin one, and takes the first from which they lead farther than a packet is long.
 * Where anything is not plain, it leaves it to that.
 */
final class PlaceSearch {
    /** Longer than an IP packet with any link's header, so that records a packet carries do not lead there. */
    private static final int REACH = 68 << 10;

    private static final int ENOUGH = 8;

    /** So much work there is in some thousand records; more is in a file made for it. */
    private static final int MOST_STEPS = 50_000;

    private final PcapReader reader;
    private final PcapChains records;
    private int available;
    private int steps;

    PlaceSearch(PcapReader reader) {
        this.reader = reader;
        records = reader.chains();
    }

    /** Moves the reader to a record at or behind its place; false if there is none. */
    boolean found() throws IOException {
        return passToPlain() || reader.resync().passOver(false) == Resync.Outcome.FOUND;
    }

    private boolean passToPlain() throws IOException {
        if (reader.longestCaptured > REACH / 2) {
            return false;
        }
        available = reader.input.fill(2 * REACH);
        for (int at = 0; at < REACH; at++) {
            int before = steps;
            if (leadsOn(at)) {
                boolean alone = isAlone(at);
                if (alone) {
                    reader.input.skip(at);
                }
                return alone;
            }
            // What several records lead to no farther is the payload of a packet, or damage.
            if (steps - before >= ENOUGH || steps >= MOST_STEPS) {
                return false;
            }
        }
        return false;
    }

    /**
     * Whether from no other octet of the record there one leads on as well. In packets to groups of hosts, the octets of
     * a header and of the address behind it look like a header four octets off, record after record.
     */
    private boolean isAlone(int at) {
        int end = at + length(at);
        for (int other = at + 1; other < end; other++) {
            if (leadsOn(other)) {
                return false;
            }
        }
        return true;
    }

    private boolean leadsOn(int from) {
        int at = from;
        int count = 0;
        while (at < from + REACH && at + PcapFileHeader.RECORD_HEADER <= available) {
            int length = length(at);
            if (length < 0) {
                break;
            }
            at += length;
            count++;
        }
        steps += count;
        return at >= from + REACH && count >= ENOUGH;
    }

    private int length(int at) {
        return records.recordLength(reader.input.position() + at);
    }
}
