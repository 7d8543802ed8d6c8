package io.podcapture.e2e;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.provider.Arguments;

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

    // The others wait for ephemeral containers to end, or for what is on its way.
    static Stream<Arguments> methods() {
        return KillScenarios.methods().limit(LongWait.Condition.isSoak() ? Long.MAX_VALUE : 1);
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
