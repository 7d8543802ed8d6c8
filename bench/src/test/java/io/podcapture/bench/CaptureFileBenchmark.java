package io.podcapture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.StatisticsReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Capture files beside other tools: see docs/benchmarks.md. */
class CaptureFileBenchmark {
    private static final String OURS = "podcapture";
    private static final String MERGECAP = "mergecap";

    /** A section header and a description, both without options. */
    private static final long HEADERS_OF_PCAPNG = 28 + 20;

    private final int rounds = Integer.getInteger("podcapture.bench.rounds", 5);
    private final String launcher = System.getProperty("podcapture.launcher", "podcapture");
    private final Verdicts verdicts = new Verdicts();

    private final BenchmarkPlaces places = new BenchmarkPlaces();
    private final Path memory = places.memory;
    private final Path disk = places.disk;
    private final Path log = places.log;
    private final Path output = places.output;

    CaptureFileBenchmark() throws IOException {}

    @AfterEach
    void remove() throws IOException {
        places.close();
    }

    @Test
    void ratios_areWhatIsDemanded() throws Exception {
        // What is read by no later part is removed, for a tmpfs is no larger than it must be.
        mergeLarge();
        places.clear();
        mergeMany();
        places.clear();
        mergeSmallAndCompressed();
        places.clear();
        oneLargeFile();

        assertThat(verdicts.shortfalls()).isEmpty();
    }

    private void mergeLarge() throws Exception {
        BenchmarkInputs inputs = new BenchmarkInputs(memory);
        List<Path> a = inputs.interleaved("a", 10, 200_000, 313);
        Contest pcap = contest(output)
                .with(OURS, merge("pcap", output, a))
                .peer(MERGECAP, MERGECAP, peer(a, MERGECAP, "-F", "pcap", "-w", output))
                .peer("tcpslice", "tcpslice", peer(a, "tcpslice", "-D", "-w", output));
        Map<String, Double> seconds =
                verdicts.faster("G1", "merge, 10 x 200,000, pcap, cold, memory", pcap, beside(MERGECAP, 2.0));
        verdicts.notJudged("G1", "merge, beside a mergecap with 64 KiB buffers", "no package has one");
        verdicts.shown("the same", seconds);
        Contest.Demand besideMergecap = new Contest.Demand("warm", MERGECAP, 2.7);
        Contest.Demand besideCat = new Contest.Demand("warm", "cat", 1.0);
        Map<String, Double> warm = WarmContest.merge(rounds, places, a, besideMergecap, besideCat);
        verdicts.faster("G2", "merge, 10 x 200,000, pcap, warm", warm, besideMergecap);
        verdicts.faster("G2", "merge, 10 x 200,000, pcap, warm, beside cat", warm, besideCat);
        Path onDisk = disk.resolve("output");
        Contest written = contest(onDisk)
                .with(OURS, merge("pcap", onDisk, a))
                .peer(MERGECAP, MERGECAP, peer(a, MERGECAP, "-F", "pcap", "-w", onDisk));
        verdicts.faster("G1", "merge, 10 x 200,000, pcap, cold, to disk", written, beside(MERGECAP, 2.5));
        Contest toPcapng = contest(output)
                .with(OURS, merge("pcapng", output, a))
                .peer(MERGECAP, MERGECAP, peer(a, MERGECAP, "-w", output));
        verdicts.faster("G3", "merge, pcap to pcapng, cold", toPcapng, beside(MERGECAP, 2.2));
        List<Path> pcapng = inputs.pcapng(a);
        Contest fromPcapng = contest(output)
                .with(OURS, merge("pcapng", output, pcapng))
                .peer(MERGECAP, MERGECAP, peer(pcapng, MERGECAP, "-w", output));
        verdicts.faster("G3", "merge, pcapng to pcapng, cold", fromPcapng, beside(MERGECAP, 2.8));
        merge("pcapng", output, pcapng).run();
        long blocks = -HEADERS_OF_PCAPNG * pcapng.size();
        for (Path file : pcapng) {
            blocks += Files.size(file);
        }
        verdicts.equal(
                "G3",
                "merge, pcapng to pcapng: octets of packets with their options",
                Files.size(output) - HEADERS_OF_PCAPNG - 9 * 20,
                blocks);
    }

    private void mergeMany() throws Exception {
        BenchmarkInputs inputs = new BenchmarkInputs(memory);
        List<Path> c = inputs.interleaved("c", 500, 2_000, 313);
        Contest contest = contest(output)
                .with(OURS, merge("pcap", output, c))
                .peer(MERGECAP, MERGECAP, peer(c, MERGECAP, "-F", "pcap", "-w", output));
        verdicts.faster("G4", "merge, 500 x 2,000, pcap, cold", contest, beside(MERGECAP, 2.8));
        places.clear();

        List<Path> two = inputs.interleaved("two", 2, 500_000, 313);
        List<Path> many = inputs.interleaved("many", 5_000, 200, 313);
        Map<String, Double> growth = contest(output)
                .warm("2", () -> WarmContest.merge(output, two))
                .warm("5000", () -> WarmContest.merge(output, many))
                .run();
        verdicts.atMost(
                "G4",
                "merge, 1,000,000 packets, warm: time of 5,000 inputs by that of 2",
                growth.getOrDefault("5000", 0.0) / growth.getOrDefault("2", 1.0),
                2.0);
        allocation(two);
        places.clear();

        List<Path> tenThousand = inputs.interleaved("x", 10_000, 20, 100);
        String limited = "ulimit -n 256; JAVA_OPTS='-Xmx64m -XX:MaxDirectMemorySize=64m' exec \"$0\" \"$@\"";
        boolean passes = true;
        try {
            peer(tenThousand, "sh", "-c", limited, launcher, "merge", "--format", "pcap", "-w", output)
                    .run();
        } catch (IOException e) {
            System.out.println(e.getMessage());
            passes = false;
        }
        long packets = passes ? PacketFiles.statistics(output).read().packets() : 0;
        verdicts.equal(
                "G4", "merge, 10,000 inputs, 256 descriptors, 64 MiB heap, 64 MiB direct: packets", packets, 200_000);
        verdicts.atLeast("G5", "the same run passes: 1", passes ? 1 : 0, 1);
    }

    private void allocation(List<Path> inputs) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        BenchmarkInputs make = new BenchmarkInputs(disk);
        List<Path> few = make.interleaved("few", 2, 1_000, 100);
        long before = threads.getCurrentThreadAllocatedBytes();
        WarmContest.merge(output, few);
        long fixed = threads.getCurrentThreadAllocatedBytes() - before;
        WarmContest.merge(output, inputs);
        long all = threads.getCurrentThreadAllocatedBytes() - before - fixed;
        verdicts.atMost(
                "G5", "merge, warm: octets allocated per packet by the merging thread", (all - fixed) / 1e6, 0.05);
    }

    private void mergeSmallAndCompressed() throws Exception {
        BenchmarkInputs inputs = new BenchmarkInputs(memory);
        List<Path> small = inputs.interleaved("s", 2, 20_000, 313);
        Contest contest = contest(output)
                .with(OURS, merge("pcap", output, small))
                .peer(MERGECAP, MERGECAP, peer(small, MERGECAP, "-F", "pcap", "-w", output));
        verdicts.faster("G14", "merge, 2 x 20,000, cold (1 / 3.7)", contest, beside(MERGECAP, 1 / 3.7));
        List<Path> gzip = inputs.gzip(inputs.interleaved("f", 2, 200_000, 313));
        Contest compressed = contest(output)
                .with(OURS, merge("pcap", output, gzip))
                .peer(MERGECAP, MERGECAP, peer(gzip, MERGECAP, "-F", "pcap", "-w", output));
        verdicts.faster("G10", "merge, 2 x 200,000 of gzip, cold", compressed, beside(MERGECAP, 1.5));
    }

    private void oneLargeFile() throws Exception {
        Path b = new BenchmarkInputs(memory).one("b", 3_000_000, 695);
        Contest counts = contest(output)
                .with(OURS, Runner.process(log, launcher, "stats", b))
                .peer("capinfos", "capinfos -cu", Runner.process(log, "capinfos", "-cu", b));
        verdicts.faster("G9", "statistics, 3,000,000, cold", counts, beside("capinfos -cu", 1.0));
        Contest hashes = contest(output)
                .with(OURS, Runner.process(log, launcher, "stats", "--sha256", b))
                .peer("capinfos", "capinfos", Runner.process(log, "capinfos", b));
        verdicts.faster("G9", "statistics with SHA-256, cold", hashes, beside("capinfos", 3.0));

        StatisticsReport report = PacketFiles.statistics(b).read();
        Instant first = report.firstTimestamp().orElseThrow();
        Duration all = report.duration();
        String from = seconds(first.plus(all.multipliedBy(45).dividedBy(100)));
        String to = seconds(first.plus(all.multipliedBy(55).dividedBy(100)));
        Contest window = contest(output)
                .with(OURS, Runner.process(log, launcher, "slice", "--from", from, "--to", to, "-w", output, b))
                .peer(
                        "editcap",
                        "editcap",
                        Runner.process(log, "editcap", "-F", "pcap", "-A", from, "-B", to, b, output))
                .peer("tcpslice", "tcpslice", Runner.process(log, "tcpslice", "-w", output, from, to, b));
        Map<String, Double> seconds =
                verdicts.faster("G11", "slice, a tenth of 3,000,000, cold", window, beside("editcap", 3.0));
        verdicts.shown("the same", seconds);
    }

    private static Contest.Demand beside(String peer, double ratio) {
        return new Contest.Demand(OURS, peer, ratio);
    }

    private Contest contest(Path written) {
        return new Contest(rounds, written);
    }

    private Runner merge(String format, Path to, List<Path> inputs) {
        return peer(inputs, launcher, "merge", "--format", format, "-w", to);
    }

    private Runner peer(List<Path> inputs, Object... command) {
        List<Object> words = new ArrayList<>(Arrays.asList(command));
        words.addAll(inputs);
        return Runner.process(log, words.toArray());
    }

    private static String seconds(Instant time) {
        return String.format(java.util.Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1_000);
    }
}
