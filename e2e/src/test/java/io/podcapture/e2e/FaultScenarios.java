package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks in mid-capture is told truly, and the file is readable up to its last whole packet. */
abstract class FaultScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the pods of pods.yaml. */
    abstract Stage stage();

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "ephemeral"})
    void pod_deleted_isToldAndNeverComplete(String method) throws Exception {
        List<String> pods = IntStream.rangeClosed(1, Repetitions.count())
                .mapToObj(i -> "victim-" + method + "-" + i)
                .toList();
        pods.forEach(this::makePod);
        List<CaptureSession> sessions = new ArrayList<>();
        try {
            for (String pod : pods) {
                sessions.add(session(choice(stage().client(), method), pod));
                stage().sender(pod, "tools").datagrams(0, 200);
            }
            sessions.forEach(FaultScenarios::awaitPackets);
            pods.forEach(pod -> stage().client()
                    .pods()
                    .inNamespace(stage().namespace())
                    .withName(pod)
                    .delete());
            for (int i = 0; i < pods.size(); i++) {
                CaptureResult result = sessions.get(i).ended().get(40, TimeUnit.SECONDS);
                PointResult point = result.points().get(0);
                assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
                assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
                assertThat(point.explanation()).contains(pods.get(i)).contains("deleted");
                assertReadable(result);
            }
        } finally {
            sessions.forEach(CaptureSession::close);
        }
    }

    @LongWait
    @ParameterizedTest
    @CsvSource({"exec, vertx", "exec, jdk", "ephemeral, vertx", "ephemeral, jdk"})
    void connection_cut_isStreamLostAtOnce(String method, String http) throws Exception {
        underProxy(method, http, (proxy, sessions) -> {
            proxy.cut();
            for (CaptureSession session : sessions) {
                assertLost(session.ended().get(30, TimeUnit.SECONDS));
            }
        });
    }

    @LongWait
    @ParameterizedTest
    @CsvSource({"exec, vertx", "exec, jdk", "ephemeral, vertx", "ephemeral, jdk"})
    void connection_stalled_isStreamLostWithin15Seconds(String method, String http) throws Exception {
        underProxy(method, http, (proxy, sessions) -> {
            proxy.stall();
            Instant stalled = Instant.now();
            for (CaptureSession session : sessions) {
                // The clean-up's calls go through the stalled proxy too: their own time-outs come on top.
                CaptureResult result = session.ended().get(90, TimeUnit.SECONDS);
                assertLost(result);
                PointResult point = result.points().get(0);
                assertThat(point.explanation()).contains("stalls");
                assertThat(Duration.between(stalled, point.ended())).isLessThan(Duration.ofSeconds(15));
            }
        });
    }

    @LongWait
    @Test
    void sink_thatBlocksForAMinute_isNoStall() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicBoolean blocking = new AtomicBoolean();
        SinkWrapping slow =
                new SinkWrapping(choice(stage().client(), "exec").methods().get(0), length -> {
                    if (blocking.get()) {
                        awaitQuietly(open);
                    }
                });
        List<CaptureSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < Repetitions.count(); i++) {
                sessions.add(session(MethodChoice.inOrder(slow), "tools"));
            }
            blocking.set(true);
            stage().sender("tools", "tools").bigDatagrams(150);
            assertThat(CompletableFuture.anyOf(
                                    sessions.stream().map(CaptureSession::ended).toArray(CompletableFuture<?>[]::new))
                            .completeOnTimeout("none ended", 60, TimeUnit.SECONDS)
                            .join())
                    .isEqualTo("none ended");
            open.countDown();
            sessions.forEach(session -> assertThat(session.stop().outcome()).isEqualTo(Outcome.COMPLETE));
        } finally {
            open.countDown();
            sessions.forEach(CaptureSession::close);
        }
    }

    @LongWait
    @ParameterizedTest
    @MethodSource("repetitions")
    void disk_full_keepsWhatIsWholeAndSaysWhy(int repetition) throws Exception {
        Path small = directory.resolve("small");
        Files.createDirectory(small);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
                "needs the right to mount");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "tools"))
                .via(choice(stage().client(), "exec"))
                .writeTo(small.resolve("full.pcapng"))
                .start()) {
            stage().sender("tools", "tools").bigDatagrams(150);
            CaptureResult result = session.ended().get(30, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(point.reason()).hasValue(FailureReason.OUTPUT_FAILED);
            assertThat(point.explanation()).contains("No space left on device");
            assertThat(result.parts()).hasSize(1);
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("full.pcapng"));
            assertThat(count(result.parts().get(0)))
                    .isEqualTo(point.statistics().packets())
                    .isPositive();
        } finally {
            assertThat(run("umount", small.toString())).isZero();
        }
    }

    private interface Faulty {
        void run(TcpProxy proxy, List<CaptureSession> sessions) throws Exception;
    }

    // Several sessions at once, since each would only wait; all have packets when the fault comes.
    private void underProxy(String method, String http, Faulty fault) throws Exception {
        List<CaptureSession> sessions = new ArrayList<>();
        try (TcpProxy proxy = TcpProxy.before(stage());
                KubernetesClient client = proxy.client(stage(), http)) {
            try {
                for (int i = 0; i < Repetitions.count(); i++) {
                    sessions.add(session(choice(client, method), "tools"));
                }
                stage().sender("tools", "tools").datagrams(0, 200);
                sessions.forEach(FaultScenarios::awaitPackets);
                fault.run(proxy, sessions);
            } finally {
                sessions.forEach(CaptureSession::close);
            }
        }
    }

    private CaptureSession session(MethodChoice choice, String pod) {
        return CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), pod))
                .via(choice)
                .filter("udp port 9")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                .start();
    }

    private static MethodChoice choice(KubernetesClient client, String method) {
        KubernetesMethods methods =
                KubernetesMethods.builder(client).image("localhost/tools:1").build();
        return method.equals("exec") ? methods.exec() : methods.ephemeral();
    }

    private static void awaitPackets(CaptureSession session) {
        Awaitility.await("packets")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> session.progress().packets() >= 200);
    }

    private static void assertLost(CaptureResult result) throws Exception {
        PointResult point = result.points().get(0);
        assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(point.endedBy()).isEqualTo(EndCause.FAULT);
        assertThat(point.reason()).hasValue(FailureReason.STREAM_LOST);
        assertReadable(result);
    }

    private static void assertReadable(CaptureResult result) throws Exception {
        assertThat(count(result.file().orElseThrow()))
                .isEqualTo(result.points().get(0).statistics().packets())
                .isPositive();
    }

    private static long count(Path file) throws Exception {
        long packets = 0;
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                packets++;
            }
        }
        return packets;
    }

    private void makePod(String name) {
        stage().client()
                .pods()
                .inNamespace(stage().namespace())
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
        stage().awaitReady(name);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int run(String... argv) throws Exception {
        return new ProcessBuilder(argv).inheritIO().start().waitFor();
    }
}
