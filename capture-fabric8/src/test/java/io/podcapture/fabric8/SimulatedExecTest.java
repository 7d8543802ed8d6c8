package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedExecTest {
    @TempDir
    Path directory;

    private SimulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .pod("shop", "cart")
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void capture_onEth0_isCompleteAndJustWhatWasSeen() throws Exception {
        NumberedDatagrams source = new NumberedDatagrams(cluster.pod("shop", "cart"), "eth0");
        CaptureResult result;
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod("shop", "cart"))
                .via(KubernetesMethods.exec(client))
                .interfaces("eth0")
                .writeTo(directory.resolve("cart.pcapng"))
                .start()) {
            source.send(1000);
            result = session.stop().requireComplete();
        }
        assertThat(frames(result)).containsExactlyElementsOf(source.sent());
    }

    private static List<byte[]> frames(CaptureResult result) throws Exception {
        List<byte[]> frames = new ArrayList<>();
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                ByteBuffer data = packets.packet().data().duplicate();
                byte[] frame = new byte[data.remaining()];
                data.get(frame);
                frames.add(frame);
            }
        }
        return frames;
    }
}
