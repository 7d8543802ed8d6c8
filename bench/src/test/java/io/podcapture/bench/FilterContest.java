package io.podcapture.bench;

import io.podcapture.pcap.filter.FilterLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Filters alone, over 2,000 packets in memory again and again: each in a process of its own, which take turns. Libpcap's
 * interpreter is called by a program in C, for to call it from Java costs twenty times what it takes.
 */
final class FilterContest {
    /** Rounds in which a virtual machine still compiles. */
    private static final int WARM_UP = 3;

    private static final String MILLIS = "300";

    private final int rounds;
    private final Path directory;

    /** The nanoseconds of a packet, and how many packets are kept. */
    record Result(Map<String, Double> nanos, Map<String, String> kept) {}

    FilterContest(int rounds, Path directory) {
        this.rounds = rounds;
        this.directory = directory;
    }

    /** Makes what calls libpcap; false if there is no compiler or no library. */
    boolean compilePeer() throws IOException, InterruptedException {
        Path source = directory.resolve("libpcap_filter.c");
        try (var in = FilterContest.class.getResourceAsStream("libpcap_filter.c");
                OutputStream out = Files.newOutputStream(source)) {
            java.util.Objects.requireNonNull(in).transferTo(out);
        }
        return Contest.isInstalled("gcc")
                && status("gcc", "-O2", "-o", peer().toString(), source.toString(), "-ldl") == 0;
    }

    /** Writes the program of an expression as libpcap compiles it, optimized or as it is written. */
    Path program(String name, String expression, boolean optimized) throws IOException, InterruptedException {
        Path text = Files.writeString(directory.resolve(name + ".txt"), expression);
        Path program = directory.resolve(name + ".bpf");
        List<String> command = new ArrayList<>(List.of("tcpdump", "-y", "EN10MB", "-ddd", "-F", text.toString()));
        if (!optimized) {
            command.add(1, "-O");
        }
        Process process = new ProcessBuilder(command)
                .redirectOutput(program.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("tcpdump ended with status " + process.exitValue());
        }
        return program;
    }

    /** Medians of the runners: class, heap (the class on a buffer within the heap), interpreter, libpcap. */
    Result run(Path program, Path packets, String... runners) throws IOException, InterruptedException {
        Map<String, Loop> loops = new LinkedHashMap<>();
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Result result = new Result(new LinkedHashMap<>(), new LinkedHashMap<>());
        try {
            for (String runner : runners) {
                times.put(runner, new ArrayList<>());
                if (!runner.equals("libpcap")) {
                    loops.put(runner, new Loop(runner, program, packets));
                }
            }
            List<String> order = new ArrayList<>(List.of(runners));
            Random random = new Random(Contest.SEED);
            for (int round = -WARM_UP; round < rounds; round++) {
                Collections.shuffle(order, random);
                for (String runner : order) {
                    Loop loop = loops.get(runner);
                    String[] words = (loop == null ? peerOnce(program, packets) : loop.round()).split(" ");
                    if (round >= 0) {
                        times.get(runner).add(Double.valueOf(words[0]));
                    }
                    result.kept.put(runner, words[1]);
                }
            }
        } finally {
            for (Loop loop : loops.values()) {
                loop.close();
            }
        }
        times.forEach((runner, each) -> {
            double[] sorted =
                    each.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            result.nanos.put(runner, sorted[sorted.length / 2]);
        });
        return result;
    }

    private Path peer() {
        return directory.resolve("libpcap_filter");
    }

    private String peerOnce(Path program, Path packets) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(peer().toString(), program.toString(), packets.toString(), MILLIS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (process.waitFor() != 0 || line == null) {
            throw new IOException("libpcap_filter ended with status " + process.exitValue());
        }
        return line;
    }

    private int status(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(Arrays.asList(command))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start()
                .waitFor();
    }

    /** A virtual machine that runs one filter when it is told to. */
    private static final class Loop {
        private final Process process;
        private final BufferedReader lines;

        Loop(String runner, Path program, Path packets) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FilterLoop.class.getName(),
                            runner.equals("interpreter") ? "interpreter" : "class",
                            runner.equals("heap") ? "heap" : "direct",
                            program.toString(),
                            packets.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            lines = process.inputReader();
            lines.readLine();
        }

        String round() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the filter's process has ended");
            }
            return line;
        }

        void close() throws IOException, InterruptedException {
            process.getOutputStream().close();
            process.waitFor();
        }
    }
}
