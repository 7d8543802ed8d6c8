package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

// What runs in its containers is read from /proc.
@EnabledOnOs(OS.LINUX)
class SimulatedKillTest extends KillScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withPods();
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    String ourProcesses() {
        return String.join("\n", stage.commands());
    }
}
