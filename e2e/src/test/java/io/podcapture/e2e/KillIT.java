package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@OnCluster
@Tag("waiting")
class KillIT extends KillScenarios {
    private static final String OUR_PROCESSES =
            "for p in /proc/[0-9]*; do tr '\\0' ' ' 2>/dev/null < $p/cmdline | grep -q -e 'podcapture-[wm]' -e '^tcpdump'"
                    + " && grep -qv '^State:.Z' $p/status && echo $p; done; true";

    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
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
    String ourProcesses() throws Exception {
        return cluster.shell("tools", "tools").run(OUR_PROCESSES);
    }
}
