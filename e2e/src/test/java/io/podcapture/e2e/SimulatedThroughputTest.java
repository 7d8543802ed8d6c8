package io.podcapture.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Not in every build: fewer octets than the kernel's buffer holds would show nothing. */
@EnabledOnOs(OS.LINUX)
class SimulatedThroughputTest extends ThroughputScenarios {
    private static @Nullable ClusterProcess cluster;
    private static @Nullable KubernetesClient client;

    @BeforeAll
    static void startCluster(@TempDir Path directory) throws Exception {
        assumeTrue(LongWait.Condition.isSoak() || System.getenv("CI") != null, "there is time for big downloads");
        cluster = ClusterProcess.start(directory);
        client = SimulatedStage.client(cluster.kubeconfig());
    }

    @AfterAll
    static void endCluster() throws Exception {
        if (client != null) {
            client.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    KubernetesMethods methods() {
        return KubernetesMethods.using(client);
    }

    @Override
    String namespace() {
        return SimulatedStage.NAMESPACE;
    }

    @Override
    long octets() {
        return LongWait.Condition.isSoak() ? OCTETS : OCTETS / 2;
    }

    @Override
    OptionalLong download(OptionalLong octetsPerSecond) throws Exception {
        return OptionalLong.of(cluster.download(octets(), octetsPerSecond.orElse(Long.MAX_VALUE)));
    }
}
