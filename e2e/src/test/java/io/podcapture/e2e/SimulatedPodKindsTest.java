package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedPodKindsTest extends PodKindsScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withPods();
        makePods(stage);
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }
}
