package io.podcapture.fabric8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions in which something goes wrong by chance, each chosen by a seed. {@code -Dpodcapture.fault.seed=17} runs that
 * one, {@code -Dpodcapture.fault.runs=50} as many, from the seed on if there is one, else from 1.
 */
class FaultRunsTest {
    // A run mostly waits.
    private static final int AT_ONCE = 8;

    private static ExecutorService lanes;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        lanes = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        lanes.shutdownNow();
        // A run that was broken off still closes what it has.
        lanes.awaitTermination(1, TimeUnit.MINUTES);
        SimulatedClusters.assertNothingIsLeft();
        SimulatedClusters.assertNoThreadIsLeft();
    }

    @TestFactory
    Stream<DynamicTest> run() {
        // The first connection of a machine takes seconds, which some of the runs do not have: one goes first.
        List<CompletableFuture<FaultRun>> runs = new ArrayList<>();
        List<DynamicTest> tests = new ArrayList<>();
        seeds().forEach(seed -> {
            CompletableFuture<FaultRun> run = runs.isEmpty()
                    ? CompletableFuture.supplyAsync(() -> run(seed), lanes)
                    : runs.get(0).handleAsync((first, failure) -> run(seed), lanes);
            runs.add(run);
            tests.add(DynamicTest.dynamicTest("seed " + seed, () -> join(run)));
        });
        return tests.stream();
    }

    private static LongStream seeds() {
        Long seed = Long.getLong("podcapture.fault.seed");
        int usual = Boolean.getBoolean("podcapture.soak") ? 1000 : System.getenv("CI") == null ? 20 : 100;
        int runs = Integer.getInteger("podcapture.fault.runs", seed == null ? usual : 1);
        return LongStream.range(0, runs).map(number -> (seed == null ? 1 : seed) + number);
    }

    private static FaultRun run(long seed) {
        String chosen = "seed " + seed;
        try {
            FaultRun run = new FaultRun(seed);
            chosen = run.toString();
            run.run(Files.createDirectory(directory.resolve("run-" + seed)));
            return run;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(chosen + "; again by -Dpodcapture.fault.seed=" + seed + "\n" + e.getMessage(), e);
        }
    }

    private static void join(CompletableFuture<FaultRun> run) throws Throwable {
        try {
            run.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }
}
