package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedShellTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"dash, VERTX_5", "bash, JDK", "busybox, VERTX_5"})
    void capture_byEachShellAndClient_isComplete(String shell, Http http) throws Exception {
        assumeThat(Stream.of("/bin", "/usr/bin"))
                .as("this machine has no %s", shell)
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell)));
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .pod("shop", "cart")
                        .shell(shell)
                        .blockTimeout(Duration.ofMillis(20))
                        .start();
                KubernetesClient client = SimulatedClusters.client(cluster.kubeconfig(), http.factory());
                CaptureSession session = CaptureSession.builder()
                        .target(Targets.pod("shop", "cart"))
                        .via(KubernetesMethods.ephemeral(client))
                        .writeTo(directory.resolve("cart.pcapng"))
                        .start()) {
            new NumberedDatagrams(cluster.pod("shop", "cart"), "eth0").send(300);
            assertThat(SimulatedClusters.frames(session.stop().requireComplete()))
                    .hasSize(300);
        }
        SimulatedClusters.assertNothingIsLeft();
    }
}
