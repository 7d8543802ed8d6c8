package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SimulatedSidecarTest extends SidecarScenarios {
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
    PodShell shell(String pod, String container) {
        return new PodShell(stage.client(), stage.namespace(), pod, container, "sh");
    }

    // It is there from the beginning.
    @Override
    void makeLasting() {}

    // What is deleted is gone at once, and with it what was not fetched.
    @Override
    void assertGaveItsPackets(CaptureResult result) {
        assertThat(result.points().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.points().get(0).statistics().packets()).isZero();
    }

    @Override
    void fillSpool(String pod) {
        try {
            for (int i = 0; i < 400; i += 10) {
                stage.sender(pod, "tools").bigDatagrams(10);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(130));
            }
        } catch (IllegalArgumentException gone) {
            // The session has ended meanwhile, and with its sidecar the pod was replaced.
        }
    }
}
