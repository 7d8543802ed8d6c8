package io.podcapture.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class CommandLineIT extends CommandLineScenarios {
    private static final String LOOP = "while curl -s -o /dev/null http://$1:8080/; do :; done";

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
    void whileRequestsAreMade(Body body) throws Exception {
        PodShell tools = cluster.shell("tools", "tools");
        tools.during(LOOP, body::run, cluster.ip("web-sidecar"));
        tools.run("pkill -f 'while curl' || true");
    }
}
