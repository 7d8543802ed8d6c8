package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import io.podcapture.PointResult;
import io.podcapture.spi.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What of numbered traffic is in a capture. */
final class CapturedNumbers {
    private static final Pattern NUMBERED = Pattern.compile("packet-(\\d+)");

    // Two processors that take packets at once may give them to tcpdump in another order than they stamped them.
    private static final long DISORDER_NANOS = 10_000_000;

    private CapturedNumbers() {}

    /** Returns the numbers seen at each {@link #place}; fails when the packets are not in order of time. */
    static Map<String, SortedSet<Integer>> of(CaptureResult result) throws IOException {
        Map<String, SortedSet<Integer>> seen = new LinkedHashMap<>();
        long last = 0;
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                long time = packets.packet().timestampNanos();
                assertThat(time).as("time of a packet").isGreaterThan(last - DISORDER_NANOS);
                last = Math.max(last, time);
                SortedSet<Integer> numbers =
                        seen.computeIfAbsent(place(packets.point(), packets.interfaceName()), place -> new TreeSet<>());
                Matcher matcher = NUMBERED.matcher(StandardCharsets.ISO_8859_1.decode(
                        packets.packet().data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return seen;
    }

    /** Returns the numbers seen at the only point. */
    static SortedSet<Integer> ofOne(CaptureResult result) throws IOException {
        assertThat(result.points()).hasSize(1);
        return of(result).getOrDefault(place(result.points().get(0)), new TreeSet<>());
    }

    /** Returns a name for what was captured: the point, and which of its interfaces. */
    static String place(PointResult point) {
        return place(point.point(), point.interfaceName());
    }

    private static String place(CapturePoint point, String interfaceName) {
        return point.id() + " " + interfaceName;
    }

    static List<Integer> range(int from, int count) {
        return IntStream.range(from, from + count).boxed().toList();
    }

    /** Requires that other programs read as many packets from a file. */
    static void assertReadByOthers(Path file, long packets) throws Exception {
        for (List<String> argv : List.of(
                List.of("tcpdump", "-n", "-r", file.toString()),
                List.of("capinfos", "-T", "-r", "-c", "-M", file.toString()))) {
            if (SearchPath.ofThisJvm().find(argv.get(0)).isEmpty()) {
                continue;
            }
            Process process = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> printed = new ArrayList<>(
                    process.inputReader(StandardCharsets.UTF_8).lines().toList());
            assertThat(process.waitFor()).as(argv.get(0) + " reads the file").isZero();
            if (argv.get(0).equals("tcpdump")) {
                assertThat(printed).hasSize((int) packets);
            } else {
                assertThat(printed.get(0)).endsWith("\t" + packets);
            }
        }
    }
}
