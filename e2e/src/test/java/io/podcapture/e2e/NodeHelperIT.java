package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class NodeHelperIT extends NodeHelperScenarios {
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

    @Override
    Stage enforcing(String level) {
        return TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", level));
    }

    // Its port is found in the node's network only.
    @Override
    void assertRuntimeLeftOut(String filter) {
        assertThat(filter).containsPattern("\\(tcp port \\d+ and \\(host 127\\.0\\.0\\.1 or host ::1\\)\\)");
    }
}
