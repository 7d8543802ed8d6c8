package io.podcapture.e2e;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class PodKindsIT extends PodKindsScenarios {
    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withNamespace(Map.of());
        makePods(cluster);
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Override
    Stage stage() {
        return cluster;
    }

    @Override
    void tell(String words) {
        System.out.println(words);
    }
}
