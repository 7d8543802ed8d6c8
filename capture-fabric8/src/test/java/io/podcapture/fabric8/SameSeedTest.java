package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.wire.PacketKind;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same script of the same seed, captured again and again, is the same file, octet for octet but for the session's id: nothing
 * of chance comes in on the way from the wire through pod, tcpdump, exec and session.
 */
class SameSeedTest {
    private static final List<String> PODS = List.of("cart", "db");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:01:00Z"));

    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @RegisterExtension
    final NothingLeftBehind nothing = NothingLeftBehind.check().cluster(() -> cluster);

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .pod("shop", "cart", pod -> pod.node("a"))
                .pod("shop", "db", pod -> pod.node("b"))
                .blockTimeout(Duration.ofMillis(5))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_ofTheSameSeed_isTheSameFileEachTime() throws Exception {
        String first = captured(42, "first");
        for (int i = 1; i < repetitions(); i++) {
            assertThat(captured(42, "again-" + i)).as("repetition " + i).isEqualTo(first);
        }
    }

    @Test
    void capture_ofAnotherSeed_isAnotherFile() throws Exception {
        assertThat(captured(43, "other")).isNotEqualTo(captured(42, "one"));
    }

    private static int repetitions() {
        return Boolean.getBoolean("podcapture.soak") || System.getenv("CI") != null ? 50 : 5;
    }

    // An octet a letter, without the id of the session.
    private String captured(long seed, String name) throws Exception {
        Wire wire = wire(seed);
        Path file = directory.resolve(name + ".pcapng");
        String id;
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod("shop", "cart"))
                .target(Targets.pod("shop", "db"))
                .via(KubernetesMethods.exec(client))
                .clock(CLOCK)
                .writeTo(file)
                .start()) {
            id = session.id();
            for (String pod : PODS) {
                for (WirePacket packet : wire.interfaceOf(pod, "eth0").packets()) {
                    cluster.pod("shop", pod)
                            .see(packet.interfaceName(), packet.sent(), packet.timestampNanos(), packet.data());
                }
            }
            assertThat(session.stop().requireComplete().points())
                    .allSatisfy(
                            point -> assertThat(point.statistics().packets()).isGreaterThan(20));
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace(id, "SESSION");
    }

    private static Wire wire(long seed) {
        Wire wire = Wire.seeded(seed)
                .node("a")
                .node("b", Duration.ofMillis(3))
                .host("cart", host -> host.on("a").address("10.0.1.7", "fd00::1:7"))
                .host(
                        "db",
                        host -> host.on("b").address("10.0.2.9", "fd00::2:9").nameServer())
                .build();
        wire.every(Duration.ofMillis(10))
                .times(5)
                .tcp(
                        "cart",
                        "db",
                        5432,
                        call -> call.request(100)
                                .answer(2000)
                                .lose(PacketKind.SYN, 3)
                                .loseSome(PacketKind.ANSWER, 0.2));
        wire.every(Duration.ofMillis(7))
                .times(3)
                .dns(
                        "cart",
                        "db.shop.svc.cluster.local",
                        lookup -> lookup.nxdomain().address("10.0.2.9"));
        wire.every(Duration.ofMillis(5)).times(4).ping("db", "cart", ping -> ping.octets(56));
        wire.run();
        return wire;
    }
}
