package io.podcapture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside pcap4j, which calls libpcap from Java: see docs/benchmarks.md. */
class Pcap4jBenchmark {
    private static final String OURS = "podcapture";
    private static final String PCAP4J = "pcap4j";
    private static final String EXPRESSION = "tcp port 80";

    private final int rounds = Integer.getInteger("podcapture.bench.rounds", 5);
    private final String launcher = System.getProperty("podcapture.launcher", "podcapture");
    private final Verdicts verdicts = new Verdicts();
    private final BenchmarkPlaces places = new BenchmarkPlaces();
    private final Path output = places.output;

    Pcap4jBenchmark() throws IOException {}

    @AfterEach
    void remove() throws IOException {
        places.close();
    }

    @Test
    void ratios_areWhatIsDemanded() throws Exception {
        Path packets = places.memory.resolve("packets");
        FilterInputs.write(packets, 2_000);
        String[] filter = {"filter", EXPRESSION, packets.toString()};
        if (status(filter) == Pcap4jProgram.NO_LIBRARY) {
            verdicts.notJudged("G8", "merge, copy and filter, beside pcap4j", "libpcap is not installed");
            return;
        }
        perPacket();
        List<Path> a = new BenchmarkInputs(places.memory).interleaved("a", 10, 200_000, 313);
        copy(a.get(0));
        merge(a);
        assertThat(verdicts.shortfalls()).isEmpty();
    }

    private void perPacket() throws IOException, InterruptedException {
        String[] theirs = Files.readString(places.log).strip().split(" ");
        FilterContest contest = new FilterContest(rounds, places.disk);
        Path packets = places.memory.resolve("packets");
        if (!Contest.isInstalled("tcpdump")) {
            verdicts.notJudged("G8", "filter alone, beside pcap4j", "tcpdump is not installed");
            return;
        }
        FilterContest.Result ours =
                contest.run(contest.filter("pcap4j", EXPRESSION, true), packets, List.of(), "class");
        assertThat(ours.kept()).as("packets kept").containsEntry("class", theirs[1]);
        double nanos = ours.nanos().getOrDefault("class", 0.0);
        double peer = Double.parseDouble(theirs[0]);
        String what = "filter alone, %s, beside pcap4j's applyFilter: %.1f ns, pcap4j %.1f ns";
        verdicts.atLeast("G8", String.format(Locale.ROOT, what, EXPRESSION, nanos, peer), peer / nanos, 40);
    }

    private void copy(Path input) throws IOException, InterruptedException {
        Contest contest = new Contest(rounds, output)
                .with(OURS, Runner.process(places.log, launcher, "convert", "--format", "pcap", "-w", output, input))
                .with(PCAP4J, pcap4j(List.of(input)));
        verdicts.faster("G8", "copy, 200,000, cold", contest, new Contest.Demand(OURS, PCAP4J, 15));
    }

    /** Pcap4j's once, for it takes as long as all else here. */
    private void merge(List<Path> inputs) throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of(launcher, "merge", "--format", "pcap", "-w", output));
        words.addAll(inputs);
        Map<String, Double> seconds = new Contest(rounds, output)
                .with(OURS, Runner.process(places.log, words.toArray()))
                .run();
        long began = System.nanoTime();
        pcap4j(inputs).run();
        seconds.put(PCAP4J, (System.nanoTime() - began) / 1e9);
        verdicts.faster("G8", "merge, 10 x 200,000, cold, pcap4j once", seconds, new Contest.Demand(OURS, PCAP4J, 40));
    }

    private Runner pcap4j(List<Path> inputs) {
        List<String> words = new ArrayList<>(List.of("merge", output.toString()));
        inputs.forEach(input -> words.add(input.toString()));
        return Runner.process(places.log, command(words.toArray(String[]::new)).toArray());
    }

    private int status(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(command(words))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(places.log.toFile())
                .start()
                .waitFor();
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Pcap4jProgram.class.getName()));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
