package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class SidecarRollOutIT extends SidecarRollOutScenarios {
    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Override
    Stage stage() {
        return cluster;
    }
}
