package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SimulatedThroughputTest extends ThroughputScenarios {
    private static ClusterProcess cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void startCluster(@TempDir Path directory) throws Exception {
        cluster = ClusterProcess.start(directory);
        client = SimulatedStage.client(cluster.kubeconfig());
    }

    @AfterAll
    static void endCluster() throws Exception {
        client.close();
        cluster.close();
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
        return LongWait.Condition.isSoak() ? OCTETS : OCTETS / 20;
    }

    @Override
    OptionalLong download(OptionalLong octetsPerSecond) throws Exception {
        return OptionalLong.of(cluster.download(octets(), octetsPerSecond.orElse(Long.MAX_VALUE)));
    }
}
