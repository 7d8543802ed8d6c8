package io.podcapture.e2e;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SimulatedSidecarRollOutTest extends SidecarRollOutScenarios {
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

    // Here a roll-out takes some milliseconds, but for one whose pods do not become ready.
    @Override
    void holdRollOutsUp(boolean up) {
        stage.client()
                .apps()
                .deployments()
                .inNamespace(stage.namespace())
                .withName("web-deployment")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"command\":"
                                + (up ? "[\"false\"]" : "null") + "}]}}}}");
    }
}
