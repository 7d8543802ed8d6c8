package io.podcapture.pcap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Snaplens that libpcap accepts: it reads no file whose interfaces have different ones, or that has a packet longer than
 * its snaplen. 0 is no limit, hence the largest.
 */
final class Snaplens {
    /** libpcap's largest for nearly all link types. */
    static final long LIBPCAP = 262_144;

    private Snaplens() {}

    /** What a format without a word for no limit can say: libpcap clips each packet to it. */
    static long limited(long snaplen) {
        return snaplen == 0 || snaplen > Integer.MAX_VALUE ? LIBPCAP : snaplen;
    }

    static long larger(long a, long b) {
        return a == 0 || b == 0 ? 0 : Math.max(a, b);
    }

    /** The largest, if all have one link type; else libpcap refuses the file in any case. */
    static Optional<Long> common(List<InterfaceDescription> descriptions) {
        if (descriptions.isEmpty()) {
            return Optional.empty();
        }
        long common = descriptions.get(0).snaplen();
        for (InterfaceDescription each : descriptions) {
            if (!each.linkType().equals(descriptions.get(0).linkType())) {
                return Optional.empty();
            }
            common = larger(common, each.snaplen());
        }
        return Optional.of(common);
    }

    /** Snaplens to correct once all packets are known, by their offset in the file. */
    static Map<Long, Long> corrections(List<WrittenInterface> interfaces, boolean unified) {
        long common = 1;
        for (WrittenInterface one : interfaces) {
            common = larger(common, needed(one));
        }
        Map<Long, Long> corrections = new TreeMap<>();
        for (WrittenInterface one : interfaces) {
            long snaplen = unified ? common : needed(one);
            if (snaplen != one.description.snaplen()) {
                corrections.put(one.snaplenOffset, snaplen);
            }
        }
        return corrections;
    }

    private static long needed(WrittenInterface one) {
        long snaplen = one.description.snaplen();
        return snaplen == 0 ? 0 : Math.max(snaplen, one.longestCaptured);
    }
}
