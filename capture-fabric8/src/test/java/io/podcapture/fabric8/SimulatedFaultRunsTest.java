package io.podcapture.fabric8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions in which something goes wrong by chance, each chosen by a seed. {@code -Dpodcapture.fault.seed=17} runs that
 * one, {@code -Dpodcapture.fault.runs=50} as many, from the seed on if there is one, else from 1.
 */
class SimulatedFaultRunsTest {
    private static RunLanes lanes;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        lanes = new RunLanes();
    }

    @AfterAll
    static void stop() {
        lanes.close();
        SimulatedClusters.assertNothingIsLeft();
        SimulatedClusters.assertNoThreadIsLeft();
    }

    @TestFactory
    List<DynamicTest> run() {
        return seeds().mapToObj(seed -> lanes.test("seed " + seed, () -> run(seed)))
                .toList();
    }

    private static LongStream seeds() {
        Long seed = Long.getLong("podcapture.fault.seed");
        int usual = Boolean.getBoolean("podcapture.soak") ? 1000 : System.getenv("CI") == null ? 3 : 100;
        int runs = Integer.getInteger("podcapture.fault.runs", seed == null ? usual : 1);
        return LongStream.range(0, runs).map(number -> (seed == null ? 1 : seed) + number);
    }

    private static RunPlan run(long seed) throws Exception {
        RunPlan plan = RunPlan.ofSeed(seed);
        new FaultRun(plan)
                .run(Files.createDirectory(directory.resolve(plan.namespace())), "-Dpodcapture.fault.seed=" + seed);
        return plan;
    }
}
