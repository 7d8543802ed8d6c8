package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.StartFailurePolicy;
import io.podcapture.testkit.cluster.ApiFault;
import io.podcapture.testkit.cluster.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault with each method where {@code CI} is set, with one of them elsewhere: complete means that the file is what was on
 * the wire, anything else has a true reason, and nothing is left. What a method cannot meet is skipped with the reason.
 * {@code -Dpodcapture.fault.row="sink full"} runs one row, {@code -Dpodcapture.fault.method=node} one column.
 */
class SimulatedFaultMatrixTest {
    private static final String ROW = "podcapture.fault.row";
    private static final String METHOD = "podcapture.fault.method";

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
    List<DynamicContainer> fault() {
        List<DynamicContainer> rows = new ArrayList<>();
        for (MatrixRow row : MatrixRow.ALL) {
            if (row.fault().equals(System.getProperty(ROW, row.fault()))) {
                List<DynamicTest> cells = new ArrayList<>();
                for (RunMethod method : methods(row)) {
                    String name = "cell-" + MatrixRow.ALL.indexOf(row) + "-" + method;
                    cells.add(lanes.test(method.toString(), () -> run(row, method, name)));
                }
                rows.add(DynamicContainer.dynamicContainer(row.fault(), cells));
            }
        }
        return rows;
    }

    /** In the everyday build one, with another row another. */
    private static List<RunMethod> methods(MatrixRow row) {
        String one = System.getProperty(METHOD);
        if (one != null) {
            return List.of(RunMethod.valueOf(one.toUpperCase(Locale.ROOT)));
        }
        boolean all =
                System.getenv("CI") != null || Boolean.getBoolean("podcapture.soak") || System.getProperty(ROW) != null;
        List<RunMethod> methods = List.of(RunMethod.values());
        if (all) {
            return methods;
        }
        List<RunMethod> able = methods.stream()
                .filter(method -> method.isPossible() && row.missing(method).isEmpty())
                .toList();
        return List.of(able.get(MatrixRow.ALL.indexOf(row) % able.size()));
    }

    @Test
    void rows_ofAllKindsOfFaults_areThere() throws Exception {
        Mishaps all = RunPlan.mishaps(RunWire.plain(), RunMethod.EXEC, "host1", 0);
        List<String> words = MatrixRow.ALL.stream()
                .map(row -> row.mishap().apply(all).toString())
                .toList();
        assertThat(Stream.of(Fault.class, ApiFault.class)
                        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                        .map(Class::getSimpleName))
                .allSatisfy(kind -> assertThat(words).anyMatch(each -> each.startsWith(kind + "[")));
    }

    private static RunPlan run(MatrixRow row, RunMethod method, String name) throws Exception {
        String missing = row.missing(method);
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        RunWire wire = RunWire.plain();
        int moment = wire.steps().size() / 2;
        RunPlan plan = new RunPlan(
                name,
                wire,
                method,
                Collections.nCopies(wire.hosts.size(), method.images().get(0)),
                Http.VERTX_5,
                StartFailurePolicy.FAIL_ALL,
                "host1",
                row.mishap().apply(RunPlan.mishaps(wire, method, "host1", moment)),
                moment,
                false);
        new FaultRun(plan).run(Files.createDirectory(directory.resolve(name)), "-D" + ROW + "=\"" + row.fault() + "\"");
        return plan;
    }
}
