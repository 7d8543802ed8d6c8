package io.podcapture.e2e;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class RefusalIT extends RefusalScenarios {
    private static final String LOOK_FOR_FILES =
            "find / -xdev \\( -path /proc -o -path /sys \\) -prune -o -newer /tmp/before -type f -print 2>/dev/null";

    private static TestCluster cluster;

    @BeforeAll
    static void makePods() throws Exception {
        cluster = TestCluster.withPods();
        cluster.shell("tools", "tools").run("touch /tmp/before");
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

    @Override
    String filesMade() throws Exception {
        return cluster.shell("tools", "tools").run(LOOK_FOR_FILES);
    }
}
