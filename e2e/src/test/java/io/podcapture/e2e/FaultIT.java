package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.vertx.Vertx5HttpClientFactory;
import io.podcapture.CaptureListener;
import io.podcapture.CaptureProgress;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.pcap.PacketCursor;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks in mid-capture is told truly, and the file is readable up to its last whole packet. */
@OnCluster
class FaultIT {
    private static final String ENDLESS =
            "while :; do echo -n packet-0-padding-padding-padding > /dev/udp/127.0.0.1/9; sleep 0.002; done 2>/dev/null";

    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    static Stream<String> methodNames() {
        return Stream.of("exec", "ephemeral");
    }

    @ParameterizedTest
    @MethodSource("methodNames")
    void pod_deleted_isToldAndNeverComplete(String method) throws Exception {
        String name = "victim-" + method;
        makePod(name);
        try (CaptureSession session = session(choice(cluster.client(), method), name);
                var traffic = cluster.shell(name, "tools").start(new ByteArrayOutputStream(), ENDLESS)) {
            Seen seen = new Seen();
            seen.await(session);
            cluster.client().pods().inNamespace(cluster.namespace()).withName(name).delete();
            CaptureResult result = session.ended().get(40, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
            assertThat(point.explanation()).contains(name).contains("deleted");
            assertReadable(result);
        }
    }

    @ParameterizedTest
    @CsvSource({"exec, vertx", "exec, jdk", "ephemeral, vertx", "ephemeral, jdk"})
    void connection_cut_isStreamLostAtOnce(String method, String http) throws Exception {
        try (TcpProxy proxy = proxy();
                KubernetesClient client = through(proxy, http);
                CaptureSession session = session(choice(client, method), "tools");
                var traffic = cluster.shell("tools", "tools").start(new ByteArrayOutputStream(), ENDLESS)) {
            new Seen().await(session);
            proxy.cut();
            CaptureResult result = session.ended().get(30, TimeUnit.SECONDS);
            assertLost(result);
        } finally {
            stopTraffic();
        }
    }

    @ParameterizedTest
    @CsvSource({"exec, vertx", "exec, jdk", "ephemeral, vertx", "ephemeral, jdk"})
    void connection_stalled_isStreamLostWithin15Seconds(String method, String http) throws Exception {
        try (TcpProxy proxy = proxy();
                KubernetesClient client = through(proxy, http);
                CaptureSession session = session(choice(client, method), "tools");
                var traffic = cluster.shell("tools", "tools").start(new ByteArrayOutputStream(), ENDLESS)) {
            new Seen().await(session);
            proxy.stall();
            Instant stalled = Instant.now();
            // The session's clean-up calls go through the stalled proxy too: their own time-outs come on top.
            CaptureResult result = session.ended().get(90, TimeUnit.SECONDS);
            assertLost(result);
            assertThat(Duration.between(stalled, result.points().get(0).ended())).isLessThan(Duration.ofSeconds(60));
            assertThat(result.points().get(0).explanation()).contains("stalls");
        } finally {
            stopTraffic();
        }
    }

    @Test
    void sink_thatBlocksForAMinute_isNoStall() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        boolean[] blocking = new boolean[1];
        SinkWrapping slow = new SinkWrapping(
                choice(cluster.client(), "exec").methods().get(0), length -> {
                    if (blocking[0]) {
                        awaitQuietly(open);
                    }
                });
        try (CaptureSession session = session(MethodChoice.inOrder(slow), "tools")) {
            blocking[0] = true;
            cluster.shell("tools", "tools").run("head -c 3000000 /dev/zero | split -b 20000 --filter='cat > /dev/udp/127.0.0.1/9'");
            assertThat(session.ended().completeOnTimeout(null, 60, TimeUnit.SECONDS).join()).isNull();
            open.countDown();
            assertThat(session.stop().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void disk_full_keepsWhatIsWholeAndSaysWhy() throws Exception {
        Path small = directory.resolve("small");
        Files.createDirectory(small);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0, "needs the right to mount");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(choice(cluster.client(), "exec"))
                .writeTo(small.resolve("full.pcapng"))
                .start()) {
            cluster.shell("tools", "tools").run("head -c 3000000 /dev/zero | split -b 20000 --filter='cat > /dev/udp/127.0.0.1/9'");
            CaptureResult result = session.ended().get(30, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(point.reason()).hasValue(FailureReason.OUTPUT_FAILED);
            assertThat(point.explanation()).contains("No space left on device");
            assertThat(result.parts()).hasSize(1);
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("full.pcapng"));
            try (PacketCursor cursor = PacketCursor.open(result.parts().get(0))) {
                long packets = 0;
                while (cursor.next()) {
                    packets++;
                }
                assertThat(packets).isEqualTo(point.statistics().packets()).isPositive();
            }
        } finally {
            assertThat(run("umount", small.toString())).isZero();
        }
    }

    private CaptureSession session(MethodChoice choice, String pod) {
        return CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), pod))
                .via(choice)
                .filter("udp port 9")
                .writeTo(directory.resolve("fault.pcapng"))
                .start();
    }

    private static MethodChoice choice(KubernetesClient client, String method) {
        KubernetesMethods methods =
                KubernetesMethods.builder(client).image("localhost/tools:1").build();
        return method.equals("exec") ? methods.exec() : methods.ephemeral();
    }

    /** Waits until packets have arrived. */
    private static final class Seen implements CaptureListener {
        void await(CaptureSession session) {
            org.awaitility.Awaitility.await("packets").atMost(20, TimeUnit.SECONDS).until(() -> {
                CaptureProgress now = session.progress();
                return now.packets() > 100;
            });
        }
    }

    private static void assertLost(CaptureResult result) throws Exception {
        PointResult point = result.points().get(0);
        assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(point.endedBy()).isEqualTo(EndCause.FAULT);
        assertThat(point.reason()).hasValue(FailureReason.STREAM_LOST);
        assertReadable(result);
    }

    private static void assertReadable(CaptureResult result) throws Exception {
        long packets = 0;
        try (PacketCursor cursor = PacketCursor.open(result.file().orElseThrow())) {
            while (cursor.next()) {
                packets++;
            }
        }
        assertThat(packets).isEqualTo(result.points().get(0).statistics().packets()).isPositive();
    }

    private static TcpProxy proxy() throws Exception {
        URI server = URI.create(TestCluster.config().getMasterUrl());
        return new TcpProxy(server.getHost(), server.getPort());
    }

    private static KubernetesClient through(TcpProxy proxy, String http) {
        Config config = new ConfigBuilder(TestCluster.config())
                .withMasterUrl("https://127.0.0.1:" + proxy.port())
                .withRequestTimeout(3000)
                .withRequestRetryBackoffLimit(0)
                .build();
        HttpClient.Factory factory = http.equals("jdk") ? new JdkHttpClientFactory() : new Vertx5HttpClientFactory();
        return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(factory).build();
    }

    private static void makePod(String name) {
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("tools")
                        .withImage("localhost/tools:1")
                        .withImagePullPolicy("IfNotPresent")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        cluster.awaitReady(name);
    }

    private static void stopTraffic() throws Exception {
        cluster.shell("tools", "tools").run("pkill -f padding-padding || true");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String... argv) throws Exception {
        return new ProcessBuilder(argv).inheritIO().start().waitFor();
    }
}
