package io.podcapture.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs candidates by turns, so that what else the machine does meets all alike, and takes the median of each. Their order
 * is another in each round. In its turn a candidate runs twice and the second run counts: the first finds memory, caches
 * and processors as the candidate before it left them, a processor that slept beside a program of one thread for instance.
 *
 * <p>The output is deleted before each run: to overwrite a file costs less than to write a new one. A run during which
 * the processors were taken away by the machine's host is repeated: what it costs differs between programs of one thread
 * and of several.
 */
final class Contest {
    /** As many as it took until further ones changed nothing. */
    private static final int ROUNDS_TO_WARM = 8;

    private static final int MOST_REPEATS = 8;

    /** How many times the rounds there are where one of the ratios is so near to its demand that few do not decide it. */
    static final int TIMES_NEAR = 3;

    private static final double NEAR = 0.15;

    /** Of the order of candidates. */
    static final long SEED = 20_231_114;

    /** How many times as fast as a peer a candidate is to be, at least. */
    record Demand(String ours, String peer, double ratio) {
        /** Whether it is nearly met, or hardly. */
        boolean isNear(Map<String, Double> seconds) {
            Double of = seconds.get(peer);
            Double own = seconds.get(ours);
            return of != null && own != null && Math.abs(of / own / ratio - 1) < NEAR;
        }
    }

    private final int rounds;
    private final Path output;
    private final Map<String, Runner> candidates = new LinkedHashMap<>();
    private final List<Runner> warm = new ArrayList<>();

    Contest(int rounds, Path output) {
        this.rounds = rounds;
        this.output = output;
    }

    /** Adds a candidate that needs a tool; if that is not installed, it is left out. */
    Contest peer(String tool, String name, Runner runner) {
        return isInstalled(tool) ? with(name, runner) : this;
    }

    Contest with(String name, Runner runner) {
        candidates.put(name, runner);
        return this;
    }

    /** Adds a candidate of this process, whose code is to be compiled before it counts. */
    Contest warm(String name, Runner runner) {
        warm.add(runner);
        return with(name, runner);
    }

    /**
     * Median seconds by name. If by the first rounds a ratio is near to its demand, on either side, there are twice as many
     * more, and the medians are of all.
     */
    Map<String, Double> run(Demand... demands) throws IOException, InterruptedException {
        for (Runner runner : warm) {
            for (int i = 0; i < ROUNDS_TO_WARM; i++) {
                Files.deleteIfExists(output);
                runner.run();
            }
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        candidates.keySet().forEach(name -> times.put(name, new ArrayList<>()));
        List<String> order = new ArrayList<>(candidates.keySet());
        Random random = new Random(SEED);
        // The first round warms the page cache.
        for (Runner runner : candidates.values()) {
            undisturbed(runner, 0);
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        int most = rounds;
        for (int round = 0; round < most; round++) {
            Collections.shuffle(order, random);
            for (String name : order) {
                undisturbed(candidates.get(name), 0);
                times.get(name).add(undisturbed(candidates.get(name), MOST_REPEATS));
            }
            times.forEach((name, of) -> medians.put(name, median(of)));
            if (round + 1 == rounds && isAnyNear(List.of(demands), medians)) {
                most = TIMES_NEAR * rounds;
            }
        }
        Files.deleteIfExists(output);
        return medians;
    }

    static boolean isAnyNear(List<Demand> demands, Map<String, Double> seconds) {
        return demands.stream().anyMatch(demand -> demand.isNear(seconds));
    }

    static double median(List<Double> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }

    /** Seconds of the first run without time taken away; of the one with the least if there is none. */
    private double undisturbed(Runner runner, int repeats) throws IOException, InterruptedException {
        double best = 0;
        long least = Long.MAX_VALUE;
        for (int run = 0; run <= repeats && least > 0; run++) {
            Files.deleteIfExists(output);
            long stolen = StolenTime.ticks();
            long start = System.nanoTime();
            runner.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            stolen = StolenTime.ticks() - stolen;
            if (stolen < least) {
                least = stolen;
                best = seconds;
            }
        }
        return best;
    }

    static boolean isInstalled(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
