package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureListener;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedRollOutTest {
    @TempDir
    Path directory;

    @Test
    void restart_ofDeploymentThatIsCaptured_isToldPodByPod() throws Exception {
        List<String> joined = new CopyOnWriteArrayList<>();
        CaptureListener listener = new CaptureListener() {
            @Override
            public void joined(CapturePoint point) {
                joined.add(point.name());
            }
        };
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .deployment("shop", "cart", 2, pod -> {})
                        .blockTimeout(Duration.ofMillis(20))
                        .start();
                KubernetesClient client = SimulatedClusters.client(cluster.kubeconfig());
                CaptureSession session = CaptureSession.builder()
                        .target(Targets.deployment("shop", "cart"))
                        .via(KubernetesMethods.exec(client))
                        .listener(listener)
                        .writeTo(directory.resolve("cart.pcapng"))
                        .start()) {
            new NumberedDatagrams(cluster.pod("shop", "cart-5d8f-0"), "eth0").send(3);
            cluster.restart("shop", "cart");
            Awaitility.await().until(() -> joined.size() == 2);
            assertThat(joined).containsExactlyInAnyOrder("shop/cart-5d90-0", "shop/cart-5d90-1");
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.points()).extracting(PointResult::endedBy).containsOnly(EndCause.POINT_GONE);
            assertThat(client.apps().replicaSets().inNamespace("shop").list().getItems())
                    .hasSize(2);
        }
        SimulatedClusters.assertNothingIsLeft();
    }
}
