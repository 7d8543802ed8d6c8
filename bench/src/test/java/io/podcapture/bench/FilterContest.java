package io.podcapture.bench;

import io.podcapture.pcap.filter.FilterLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Filters alone, over 2,000 packets in memory again and again: each time in a process of its own, which take turns. Libpcap's
 * interpreter is called by a program in C, for to call it from Java costs twenty times what it takes.
 */
final class FilterContest {
    /** Measurements within which a virtual machine still compiles. */
    private static final int WARM_UP = 3;

    private static final int MILLIS = 300;

    private final int rounds;
    private final Path directory;

    /** Files of an expression, and of the program that libpcap makes of it. */
    record Filter(Path expression, Path program) {}

    /** The nanoseconds of a packet, and how many packets are kept. */
    record Result(Map<String, Double> nanos, Map<String, String> kept) {}

    FilterContest(int rounds, Path directory) {
        this.rounds = rounds;
        this.directory = directory;
    }

    /** Makes what calls libpcap; false if there is no compiler. */
    boolean compilePeer() throws IOException, InterruptedException {
        Path source = directory.resolve("libpcap_filter.c");
        try (var in = FilterContest.class.getResourceAsStream("libpcap_filter.c");
                OutputStream out = Files.newOutputStream(source)) {
            Objects.requireNonNull(in).transferTo(out);
        }
        if (!Contest.isInstalled("gcc")) {
            return false;
        }
        try (ChildProcess gcc = ChildProcess.of("gcc", "-O2", "-o", peer(), source, "-ldl")) {
            return gcc.status() == 0;
        }
    }

    /** The program that calls libpcap. */
    Path peer() {
        return directory.resolve("libpcap_filter");
    }

    /** Writes an expression and its program as libpcap compiles it, optimized or as it is written. */
    Filter filter(String name, String expression, boolean optimized) throws IOException, InterruptedException {
        Path text = Files.writeString(directory.resolve(name + ".txt"), expression);
        Path program = directory.resolve(name + ".bpf");
        List<String> command = new ArrayList<>(List.of("tcpdump", "-y", "EN10MB", "-ddd", "-F", text.toString()));
        if (!optimized) {
            command.add(1, "-O");
        }
        try (ChildProcess tcpdump = new ChildProcess(new ProcessBuilder(command)
                .redirectOutput(program.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD))) {
            tcpdump.succeed();
        }
        return new Filter(text, program);
    }

    /**
     * Medians of the runners, of more rounds where a ratio is near to its demand: compiled (ours from the expression to the verdict); of libpcap's program class, heap (the
     * class on a buffer within the heap), interpreter, libpcap.
     */
    Result run(Filter filter, Path packets, List<Contest.Demand> demands, String... runners)
            throws IOException, InterruptedException {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Result result = new Result(new LinkedHashMap<>(), new LinkedHashMap<>());
        List<String> order = new ArrayList<>(List.of(runners));
        Random random = new Random(Contest.SEED);
        int most = rounds;
        for (int round = 0; round < most; round++) {
            Collections.shuffle(order, random);
            for (String runner : order) {
                String[] words = once(runner, filter, packets).split(" ");
                times.computeIfAbsent(runner, ignored -> new ArrayList<>()).add(Double.valueOf(words[0]));
                String before = result.kept.put(runner, words[1]);
                if (before != null && !before.equals(words[1])) {
                    throw new IOException(runner + " kept " + before + " packets, and then " + words[1]);
                }
            }
            times.forEach((runner, each) -> result.nanos.put(runner, Contest.median(each)));
            if (round + 1 == rounds && Contest.isAnyNear(demands, result.nanos)) {
                most = Contest.TIMES_NEAR * rounds;
            }
        }
        return result;
    }

    /** A Java of its own each time, for what its compiler makes of one class differs from process to process. */
    private String once(String runner, Filter filter, Path packets) throws IOException, InterruptedException {
        if (runner.equals("libpcap")) {
            return peerOnce(filter, packets);
        }
        try (ChildProcess loop = ChildProcess.java(
                FilterLoop.class,
                runner.equals("heap") ? "class" : runner,
                runner.equals("heap") ? "heap" : "direct",
                runner.equals("compiled") ? filter.expression() : filter.program(),
                packets)) {
            loop.awaitReady();
            for (int i = 0; i < WARM_UP; i++) {
                loop.ask();
            }
            return loop.ask();
        }
    }

    private String peerOnce(Filter filter, Path packets) throws IOException, InterruptedException {
        try (ChildProcess process = ChildProcess.of(peer(), "run", filter.program(), packets, MILLIS)) {
            return process.answer();
        }
    }
}
