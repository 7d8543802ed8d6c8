package io.podcapture.local;

import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.pcap.PacketCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the start to the time stamp of the first packet of a container, beside {@code docker run} by hand.
 * Prints a table and asserts nothing about time: how loaded a machine is, no test knows. Both are measured in turn, by the clock
 * of this machine, on which the engine must run.
 */
class DockerLatencyBenchmark {
    private static final String EACH_5_MS =
            "while :; do echo -n x >/dev/udp/127.0.0.1/9; sleep 0.005; done 2>/dev/null";

    private static final String FILTER = "udp port 9";

    @TempDir
    private Path directory;

    @Test
    void measure() throws Exception {
        RealEngine engine = RealEngine.required();
        String container = engine.startTools();
        try {
            engine.ask("exec", "--detach", container, "bash", "-c", EACH_5_MS);
            List<Long> ours = new ArrayList<>();
            List<Long> hand = new ArrayList<>();
            // The first round warms up, and is not counted.
            for (int round = 0; round <= Integer.getInteger("podcapture.repetitions", 10); round++) {
                long first = round % 2 == 0 ? ours(engine, container) : hand(engine, container);
                long second = round % 2 == 0 ? hand(engine, container) : ours(engine, container);
                if (round > 0) {
                    ours.add(round % 2 == 0 ? first : second);
                    hand.add(round % 2 == 0 ? second : first);
                }
            }
            print(ours, hand);
        } finally {
            engine.remove(container);
        }
    }

    private static void print(List<Long> ours, List<Long> hand) {
        double times = (double) median(ours) / median(hand);
        System.out.printf("%nfirst packet, milliseconds, median (all)%n");
        System.out.printf("%-16s %-6d %s%n", "docker", median(ours), ours);
        System.out.printf("%-16s %-6d %s%n", "by hand", median(hand), hand);
        System.out.printf("%.2fx by hand, wanted <= 1.2x: %s%n%n", times, times <= 1.2 ? "met" : "MISSED");
    }

    private static long median(List<Long> measured) {
        List<Long> sorted = measured.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private long ours(RealEngine engine, String container) throws IOException {
        Path file = newFile();
        long start = System.currentTimeMillis();
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.container(container))
                .via(engine.methods().docker())
                .filter(FILTER)
                .writeTo(file)
                .start()) {
            Awaitility.await("a packet")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> session.progress().packets() > 0);
        }
        return firstPacket(file).orElseThrow() - start;
    }

    private long hand(RealEngine engine, String container) throws Exception {
        Path file = newFile();
        List<String> argv = engine.engine()
                .command(List.of("run", "--rm", "--network", "container:" + container, "--entrypoint", "tcpdump"));
        argv.addAll(List.of(RealEngine.TOOLS, "-i", "any", "-U", "-w", "-", FILTER));
        long start = System.currentTimeMillis();
        Process process = new ProcessBuilder(argv)
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await("a packet")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> firstPacket(file).isPresent());
            return firstPacket(file).orElseThrow() - start;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private Path newFile() {
        return directory.resolve("capture-" + System.nanoTime() + ".pcapng");
    }

    /** Returns the milliseconds since 1970 of the first packet of a file; empty where there is none yet. */
    private static OptionalLong firstPacket(Path file) {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (PacketCursor cursor = PacketCursor.open(file).tolerateTruncation()) {
            return cursor.next()
                    ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(cursor.timestampNanos()))
                    : OptionalLong.empty();
        } catch (IOException tooShort) {
            return OptionalLong.empty();
        }
    }
}
