package io.podcapture.e2e;

import io.podcapture.testkit.cluster.PodSecurity;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SimulatedNodeHelperTest extends NodeHelperScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withWorkloads();
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
    Stage enforcing(String level) {
        return stage.enforcing(PodSecurity.valueOf(level.toUpperCase(Locale.ROOT)));
    }
}
