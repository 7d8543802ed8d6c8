package io.podcapture.e2e;

import io.podcapture.testkit.cluster.PodSecurity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedAutoTest extends AutoScenarios {
    private static SimulatedStage free;

    @BeforeAll
    static void makePods() throws Exception {
        free = SimulatedStage.withPods();
        makePods(free, free.enforcing(PodSecurity.BASELINE), free.enforcing(PodSecurity.RESTRICTED));
    }

    @AfterAll
    static void removePods() {
        free.close();
    }

    @Override
    Stage stage(String level) {
        return switch (level) {
            case "baseline" -> free.enforcing(PodSecurity.BASELINE);
            case "restricted" -> free.enforcing(PodSecurity.RESTRICTED);
            default -> free;
        };
    }
}
