package io.podcapture.pcap;

import java.io.IOException;

/**
 * Finds where records go on after damage.
 *
 * <p>Packets may carry records as their payload. A chain of such ends with its packet, so a place is sought from which a
 * chain goes on beyond what one packet can be long. A shorter chain is taken only if there is no such place, or if its
 * times lie between that of the packet before and those at that place, as the times of what a packet carries do not.
 */
final class Resync {
    /** What a search came to. */
    enum Outcome {
        FOUND,
        NOTHING_FOLLOWS,
        NOT_YET
    }

    private static final int ENOUGH = 8;

    /** The longest IP packet with any link's header, and the record's own. */
    private static final int PACKET_REACH = 65_536 + 512;

    private static final int MOST_REACH = 262_144 + PACKET_REACH;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final int FAR = 2;

    private final RecordReader reader;
    private final CaptureInput input;
    private final Chains chains;

    long resyncs;
    long damagedOctets;

    Resync(RecordReader reader, Chains chains) {
        this.reader = reader;
        this.input = reader.input;
        this.chains = chains;
    }

    /**
     * Moves the input from the damage at its position to the next record.
     *
     * @param cut whether the record there merely ends too early; then it takes more to believe otherwise, and nothing is
     *     passed unless a record is found
     */
    Outcome passOver(boolean cut) throws IOException {
        int reach = reach(0);
        if (cut) {
            return passOverCut(reach);
        }
        while (true) {
            chains.cover(reach);
            int here = chains.here();
            int found = find(here, reach, Integer.MAX_VALUE);
            if (found >= 0) {
                pass(found - here);
                resyncs++;
                return Outcome.FOUND;
            }
            if (chains.toTheEnd()) {
                pass(chains.length - here);
                return Outcome.NOTHING_FOLLOWS;
            }
            if (!input.ended() && chains.length - here < reach) {
                chains.release();
                return Outcome.NOT_YET;
            }
            pass(Math.min(reach, chains.length - here));
        }
    }

    /** Whether records begin within the one at the input's position, and lead beyond it: then its length is wrong. */
    boolean othersBeginWithin(int recordLength) throws IOException {
        int reach = reach(recordLength);
        chains.cover(reach);
        int here = chains.here();
        int found = find(here, reach, here + recordLength);
        boolean leadsOn = found >= 0 && (isOpen(found) || chains.end(found) >= here + reach);
        // A record that is like the others but for what follows it is given up for a whole chain alone.
        return leadsOn && (chains.count(here) == 0 || chains.count(found) >= ENOUGH);
    }

    /** To be called now and then, so that memory of a stretch that was passed is given back. */
    void moved() {
        if (chains.length > 0 && !chains.covers(input.offset())) {
            chains.release();
        }
    }

    /** Octets of memory held. */
    long held() {
        return chains.held();
    }

    void release() {
        chains.release();
    }

    private int reach(int recordLength) {
        int longest = Math.max(recordLength, reader.longestCaptured);
        return Math.min(MOST_REACH, Math.max(PACKET_REACH, longest + 512));
    }

    private void pass(int octets) {
        input.skip(octets);
        damagedOctets += octets;
    }

    private int find(int here, int reach, int before) {
        int left = chains.nextByWhatIsLeft();
        if (left >= 0 && left < before && goesOn(left, here + reach) && rank(left) < FAR) {
            return left;
        }
        int limit = Math.min(Math.min(chains.length, here + reach + 1), before);
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        int broken = -1;
        for (int at = here + 1; at < limit && bestRank > 0; at++) {
            int count = chains.count(at);
            if (count > 0) {
                if (goesOn(at, here + reach)) {
                    int rank = rank(at);
                    if (rank < bestRank) {
                        best = at;
                        bestRank = rank;
                    }
                } else if (broken < 0 && count >= ENOUGH && !isOpen(at) && rank(at) < FAR) {
                    broken = at;
                }
            }
        }
        if (broken < 0 || best >= 0 && (best < broken || !fitsBetween(broken, best))) {
            return best;
        }
        return broken;
    }

    /** A record that ends too early may have a damaged length, and more may follow it than one packet can have. */
    private Outcome passOverCut(int reach) throws IOException {
        chains.cover(reach);
        int here = chains.here();
        // Compressed content may end where nothing more is at hand.
        boolean plausible = here < chains.length && chains.count(here) > 0;
        boolean onePacket = chains.toTheEnd() && chains.length - here <= reach;
        for (int ahead = 0; true; ahead += reach) {
            chains.cover(ahead, reach);
            int found = findWithinCut(ahead, reach, plausible ? ENOUGH : 1, onePacket);
            if (found >= 0) {
                pass(found - chains.here());
                resyncs++;
                return Outcome.FOUND;
            }
            if (chains.toTheEnd()) {
                return Outcome.NOTHING_FOLLOWS;
            }
        }
    }

    /** What a packet carries is cut with it, so of what may be one packet's only a chain to the very end is believed. */
    private int findWithinCut(int ahead, int reach, int enough, boolean onePacket) {
        int from = chains.here() + ahead;
        int limit = chains.toTheEnd() ? chains.length : Math.min(chains.length, from + reach + 1);
        for (int at = ahead == 0 ? from + 1 : from; at < limit; at++) {
            int count = chains.count(at);
            boolean whole = count >= enough && chains.end(at) == Chains.AT_END;
            boolean leadsOn = !onePacket && count >= ENOUGH && goesOn(at, from + reach);
            if ((whole || leadsOn) && rank(at) < FAR) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a chain leads out of the reach of one packet, and is to be believed for what it is. */
    private boolean goesOn(int at, int beyond) {
        int count = chains.count(at);
        int end = chains.end(at);
        if (count == 0 || !isOpen(at) && end < beyond) {
            return false;
        }
        if (count >= ENOUGH) {
            return true;
        }
        boolean single = end == Chains.AT_END && (chains.areCertain() || reader.lastTime() != Chains.NO_TIME);
        return (count >= 2 || single) && rank(at) < FAR;
    }

    private boolean isOpen(int at) {
        return chains.end(at) >= Chains.CUT;
    }

    /** How far from the time before: 0 is near, or not known. */
    private int rank(int at) {
        long before = reader.lastTime();
        long time = chains.time(at);
        if (before == Chains.NO_TIME || time == Chains.NO_TIME) {
            return 0;
        }
        long difference = Math.abs(time - before);
        return difference >= 0 && difference <= HOUR_NANOS
                ? 0
                : difference >= 0 && difference <= 24 * HOUR_NANOS ? 1 : FAR;
    }

    private boolean fitsBetween(int broken, int next) {
        int end = chains.end(broken);
        long before = reader.lastTime();
        if (end > next || before == Chains.NO_TIME || chains.time(broken) <= before) {
            return false;
        }
        int last = broken;
        int at = broken;
        while (at >= 0 && at < end) {
            last = at;
            at = chains.next(at);
        }
        return at == end && chains.time(last) < chains.time(next);
    }
}
