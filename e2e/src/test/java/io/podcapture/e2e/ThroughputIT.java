package io.podcapture.e2e;

import io.podcapture.fabric8.KubernetesMethods;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class ThroughputIT extends ThroughputScenarios {
    private static final String MAKE_FILE = "mkdir -p /tmp/www && head -c $1 /dev/urandom > /tmp/www/big"
            + " && { busybox httpd -p 8081 -h /tmp/www; }";
    private static final String DOWNLOAD = "curl -s -o /dev/null $2 http://$1:8081/big";

    private static TestCluster cluster;

    @BeforeAll
    static void makePods() throws Exception {
        cluster = TestCluster.withPods();
        cluster.shell("web-sidecar", "tcpdump").run(MAKE_FILE, OCTETS);
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Override
    KubernetesMethods methods() {
        return cluster.methods(cluster.client()).build();
    }

    @Override
    String namespace() {
        return cluster.namespace();
    }

    @Override
    long octets() {
        return OCTETS;
    }

    // How many packets there are is the kernel's choice.
    @Override
    OptionalLong download(OptionalLong octetsPerSecond) throws Exception {
        String limit = octetsPerSecond.isPresent() ? "--limit-rate " + octetsPerSecond.getAsLong() : "";
        cluster.shell("tools", "tools").run(DOWNLOAD, cluster.ip("web-sidecar"), limit);
        return OptionalLong.empty();
    }
}
