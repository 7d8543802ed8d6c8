package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class PlanIT extends PlanScenarios {
    private static TestCluster stage;

    @BeforeAll
    static void makePods() {
        stage = TestCluster.withWorkloads();
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
    void tell(Object words) {
        System.out.println(words);
    }
}
