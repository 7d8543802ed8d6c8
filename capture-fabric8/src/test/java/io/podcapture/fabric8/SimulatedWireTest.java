package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.wire.PacketKind;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of a simulated cluster see what a wire's hosts exchange, and a capture of them has just that. */
class SimulatedWireTest {
    private static final List<String> PODS = List.of("cart", "db");

    @TempDir
    Path directory;

    @Test
    void capture_ofAScriptedExchange_hasWhatEachPodSaw() throws Exception {
        Wire wire = Wire.seeded(42)
                .node("a")
                .node("b", Duration.ofMillis(3))
                .host("cart", host -> host.on("a").address("10.0.1.7"))
                .host("db", host -> host.on("b").address("10.0.2.9"))
                .build();
        wire.every(Duration.ofMillis(10))
                .times(5)
                .tcp("cart", "db", 5432, call -> call.request(100).answer(2000).lose(PacketKind.SYN, 3));
        wire.run();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .node("a")
                        .node("b")
                        .pod("shop", "cart")
                        .pod("shop", "db")
                        .start();
                KubernetesClient client = SimulatedClusters.client(cluster.kubeconfig());
                CaptureSession session = CaptureSession.builder()
                        .target(Targets.pod("shop", "cart"))
                        .target(Targets.pod("shop", "db"))
                        .via(KubernetesMethods.exec(client))
                        .interfaces("eth0")
                        .filter("tcp port 5432")
                        .writeTo(directory.resolve("shop.pcapng"))
                        .start()) {
            for (String pod : PODS) {
                for (WirePacket packet : wire.interfaceOf(pod, "eth0").packets()) {
                    cluster.pod("shop", pod).see("eth0", packet.sent(), packet.timestampNanos(), packet.data());
                }
            }
            CaptureResult result = session.stop().requireComplete();

            Map<String, List<ByteBuffer>> captured = byPod(result);
            for (String pod : PODS) {
                assertThat(captured.get("shop/" + pod))
                        .as(pod)
                        .isEqualTo(wire.interfaceOf(pod, "eth0").captured("tcp port 5432", 262_144).stream()
                                .map(WirePacket::data)
                                .collect(Collectors.toList()));
            }
            assertThat(captured.get("shop/cart").size())
                    .as("the lost SYN was seen where it was sent only")
                    .isEqualTo(captured.get("shop/db").size() + 1);
        }
    }

    private static Map<String, List<ByteBuffer>> byPod(CaptureResult result) throws Exception {
        Map<String, List<ByteBuffer>> packets =
                PODS.stream().collect(Collectors.toMap(pod -> "shop/" + pod, pod -> new ArrayList<>()));
        try (var all = result.packets()) {
            while (all.next()) {
                ByteBuffer data = all.packet().data().duplicate();
                byte[] octets = new byte[data.remaining()];
                data.get(octets);
                packets.get(all.point().name().replaceAll("/eth0$", "")).add(ByteBuffer.wrap(octets));
            }
        }
        return packets;
    }
}
