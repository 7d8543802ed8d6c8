package io.podcapture.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A hundred filters compiled by a Java that has done nothing else, and by a process that calls libpcap. */
final class CompileContest {
    private static final int FILTERS = 100;
    private static final int HOSTS = 20;

    private final int rounds;
    private final Path expressions;
    private final Path peer;

    /** Median nanoseconds of the first filter, and of one when nearly a hundred have been compiled. */
    record Result(double first, double hundredth) {}

    CompileContest(int rounds, Path directory, Path peer) throws IOException {
        this.rounds = rounds;
        this.peer = peer;
        expressions = Files.write(directory.resolve("expressions"), expressions());
    }

    /** What we take, and what libpcap takes. */
    List<Result> run() throws IOException, InterruptedException {
        double[][][] times = new double[2][2][rounds];
        // The first round warms the page cache.
        for (int round = -1; round < rounds; round++) {
            for (int runner = 0; runner < times.length; runner++) {
                String[] words = once(runner == 0).split(" ");
                for (int i = 0; round >= 0 && i < words.length; i++) {
                    times[runner][i][round] = Double.parseDouble(words[i]);
                }
            }
        }
        return Arrays.stream(times)
                .map(of -> new Result(median(of[0]), median(of[1])))
                .toList();
    }

    private String once(boolean ours) throws IOException, InterruptedException {
        try (ChildProcess process = ours
                ? ChildProcess.java(FilterCompilations.class, expressions)
                : ChildProcess.of(peer, "compile", expressions)) {
            return process.answer();
        }
    }

    private static double median(double[] of) {
        Arrays.sort(of);
        return of[of.length / 2];
    }

    /** No two alike; three kinds by turns, the shortest first. */
    private static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < FILTERS; i++) {
            String expression =
                    switch (i % 3) {
                        case 0 -> "tcp port " + (80 + i);
                        case 1 -> FilterBenchmark.COMPLEX;
                        default -> FilterInputs.hostList(HOSTS);
                    };
            expressions.add(expression.replace("10.0.0.", "10.0." + i + "."));
        }
        return expressions;
    }
}
