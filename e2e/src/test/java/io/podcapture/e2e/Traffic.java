package io.podcapture.e2e;

import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbered traffic made in pods, and what of it is in a capture. */
final class Traffic {
    /** Arguments: first number, count. Datagrams to a closed port of the pod itself; a socket of its own for each. */
    static final String DATAGRAMS =
            "for ((i = $1; i < $1 + $2; i++)); do echo -n packet-$i > /dev/udp/127.0.0.1/9; done 2>/dev/null; true";

    /** Arguments: port, first number, count. Datagrams to a closed port of the pod itself, by IPv6. */
    static final String DATAGRAMS_IPV6 =
            "for ((i = $2; i < $2 + $3; i++)); do echo -n packet-$i > /dev/udp/::1/$1; done 2>/dev/null; true";

    /** Arguments: address, first number, count. */
    static final String REQUESTS =
            "for ((i = $2; i < $2 + $3; i++)); do curl -s -o /dev/null \"http://$1:8080/?packet-$i\" || exit 1; done";

    /** Argument: count. Datagrams of 20,000 octets each, unnumbered. */
    static final String BIG_DATAGRAMS = "for ((i = 0; i < $1; i++)); do"
            + " dd bs=20000 count=1 if=/dev/zero 2>/dev/null > /dev/udp/127.0.0.1/9; done 2>/dev/null; true";

    private static final Pattern NUMBERED = Pattern.compile("packet-(\\d+)");

    private static final long DISORDER_NANOS = 10_000_000;

    private Traffic() {}

    /**
     * Returns, for each point's name, the numbers seen there; fails when the packets are not in order of time. Two processors
     * that take packets at once may give them to tcpdump in another order than they stamped them.
     */
    static Map<String, SortedSet<Integer>> numbers(CaptureResult result) throws IOException {
        Map<String, SortedSet<Integer>> seen = new LinkedHashMap<>();
        long last = 0;
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                long time = packets.packet().timestampNanos();
                if (time < last - DISORDER_NANOS) {
                    throw new AssertionError("not in order of time: " + (last - time) + " ns back");
                }
                last = Math.max(last, time);
                SortedSet<Integer> numbers =
                        seen.computeIfAbsent(packets.point().name(), name -> new TreeSet<>());
                Matcher matcher = NUMBERED.matcher(StandardCharsets.ISO_8859_1.decode(
                        packets.packet().data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return seen;
    }

    static List<Integer> range(int from, int count) {
        List<Integer> range = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            range.add(i);
        }
        return range;
    }
}
