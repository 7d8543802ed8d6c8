package io.podcapture.e2e;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.provider.Arguments;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedLeastRightsTest extends LeastRightsScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    // Each right that is missing costs a start, so in the everyday build only those of exec.
    static Stream<Arguments> methodsAndTargets() {
        return LeastRightsScenarios.methodsAndTargets().limit(LongWait.Condition.isSoak() ? Long.MAX_VALUE : 1);
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    Duration startTimeout() {
        return Duration.ofSeconds(3);
    }
}
