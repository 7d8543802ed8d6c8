package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.PacketSource;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every method, on a pod of a simulated cluster. */
abstract class SimulatedContract extends CaptureMethodContract {
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @RegisterExtension
    final NothingLeftBehind nothingInCluster = NothingLeftBehind.check().cluster(SimulatedContract::cluster);

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .deployment("shop", "web", 1, pod -> {})
                .pod("shop", "plain", pod -> pod.container("app", SimulatedImage.SHELL))
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    static KubernetesMethods methods() {
        return KubernetesMethods.using(client);
    }

    static SimulatedCluster cluster() {
        return cluster;
    }

    static KubernetesClient client() {
        return client;
    }

    /** Returns methods that have a tcpdump to bring. */
    static KubernetesMethods uploads() throws IOException {
        return SimulatedClusters.uploads(cluster, client);
    }

    /** Returns the name of the pod that is captured; {@code plain} has no tcpdump. */
    String pod() {
        return "cart";
    }

    @Override
    protected Target target() {
        return Targets.pod("shop", pod());
    }

    @Override
    protected Target missingTarget() {
        return Targets.pod("shop", "nosuch-pod");
    }

    @Override
    protected String filter() {
        return "udp port 9";
    }

    @Override
    protected PacketSource packets() {
        return new NumberedDatagrams(cluster.pod("shop", pod()), "eth0");
    }
}
