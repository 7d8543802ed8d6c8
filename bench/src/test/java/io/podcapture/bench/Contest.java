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
 * is another in each round, for a candidate finds memory and caches as the one before it left them.
 *
 * <p>The output is deleted before each run: to overwrite a file costs less than to write a new one. A run during which
 * the processors were taken away by the machine's host is repeated: what it costs differs between programs of one thread
 * and of several.
 */
final class Contest {
    /** As many as it took until further ones changed nothing. */
    private static final int ROUNDS_TO_WARM = 8;

    private static final int MOST_REPEATS = 8;

    /** How many times the rounds there are at most, where a demand is not met. */
    private static final int MOST_TIMES = 3;

    /** Of the order of candidates. */
    static final long SEED = 20_231_114;

    /** How many times as fast as a peer a candidate is to be, at least. */
    record Demand(String ours, String peer, double ratio) {
        boolean isMet(Map<String, Double> seconds) {
            Double of = seconds.get(peer);
            Double own = seconds.get(ours);
            return of == null || own == null || of / own >= ratio;
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
     * Median seconds by name. While a demand is not met there are further rounds, and the medians are of all: what lies at
     * its demand is decided by more than a few.
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
        do {
            for (int round = 0; round < rounds; round++) {
                Collections.shuffle(order, random);
                for (String name : order) {
                    times.get(name).add(undisturbed(candidates.get(name), MOST_REPEATS));
                }
            }
            times.forEach((name, of) -> medians.put(name, median(of)));
        } while (!Stream.of(demands).allMatch(demand -> demand.isMet(medians))
                && times.values().iterator().next().size() < MOST_TIMES * rounds);
        Files.deleteIfExists(output);
        return medians;
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
