package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CaptureStatistics;
import io.podcapture.DrainProof;
import io.podcapture.Outcome;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.pcap.InterfaceDescription;
import io.podcapture.pcap.PacketCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of real pods are whole, and say whose packets are whose. */
@OnCluster
class WholeCaptureIT {
    private static TestCluster cluster;
    private static KubernetesMethods methods;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
        methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/tools:1")
                .build();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void session_execAndEphemeralTogether_holdsEveryRequestUnderItsPod(int repetition) throws Exception {
        Path file = directory.resolve("two.pcapng");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "web-sidecar"), on -> on.via(methods.exec()))
                .target(Targets.pod(cluster.namespace(), "scratch"), on -> on.via(methods.ephemeral()))
                .writeTo(file)
                .start()) {
            PodShell tools = cluster.shell("tools", "tools");
            tools.run(Traffic.REQUESTS, cluster.ip("web-sidecar"), 0, 150);
            tools.run(Traffic.REQUESTS, cluster.ip("scratch"), 150, 150);
            CaptureResult result = session.stop().requireComplete();

            Map<String, SortedSet<Integer>> seen = Traffic.numbers(result);
            assertThat(seen.get(cluster.namespace() + "/web-sidecar")).containsExactlyElementsOf(Traffic.range(0, 150));
            assertThat(seen.get(cluster.namespace() + "/scratch")).containsExactlyElementsOf(Traffic.range(150, 150));
            assertThat(result.points()).allSatisfy(point -> {
                CaptureStatistics counted = point.statistics();
                assertThat(counted.captured()).hasValue(counted.packets());
                assertThat(counted.droppedByKernel()).hasValue(0);
                assertThat(point.drain()).isIn(DrainProof.COUNTERS, DrainProof.HAND_OVER);
            });
            assertReadByOthers(
                    file,
                    result.points().stream()
                            .mapToLong(point -> point.statistics().packets())
                            .sum());
        }
        assertNamed(file);
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void exec_burstThenStop_missesNothing(int repetition) throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(methods.exec())
                .writeTo(directory.resolve("burst.pcapng"))
                .start()) {
            assertBurstWhole(session);
        }
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void ephemeral_burstThenStop_missesNothing(int repetition) throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(methods.ephemeral())
                .writeTo(directory.resolve("burst.pcapng"))
                .start()) {
            assertBurstWhole(session);
        }
    }

    @Test
    void deployment_byName_hasOneNamedInterfacePerReplica() throws Exception {
        Path file = directory.resolve("cart.pcapng");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.deployment(cluster.namespace(), "cart"))
                .via(methods.exec())
                .writeTo(file)
                .start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).hasSize(3);
        }
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                assertThat(cursor.interfaceDescription().name()).isPresent();
            }
            List<String> names = cursor.interfaces().stream()
                    .map(description -> description.name().orElse(""))
                    .toList();
            assertThat(names).hasSize(3).allMatch(name -> name.startsWith(cluster.namespace() + "/cart-"));
        }
    }

    @Test
    void close_afterExceptionInBody_keepsCompleteFile() throws Exception {
        CaptureSession[] used = new CaptureSession[1];
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(methods.exec())
                .filter("udp port 9")
                .writeTo(directory.resolve("failed.pcapng"))
                .start()) {
            used[0] = session;
            cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 0, 10);
            throw new IllegalStateException("the test failed");
        } catch (IllegalStateException expected) {
            CaptureResult result = used[0].ended().get(1, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 10));
        }
    }

    @Test
    void stop_whileTrafficGoesOn_isComplete() throws Exception {
        PodShell tools = cluster.shell("tools", "tools");
        tools.during("for ((i = 0; i < 200000; i++)); do echo -n x > /dev/udp/127.0.0.1/9; done 2>/dev/null", () -> {
            try (CaptureSession session = CaptureSession.builder()
                    .target(Targets.pod(cluster.namespace(), "tools"))
                    .via(methods.exec())
                    .writeTo(directory.resolve("busy.pcapng"))
                    .start()) {
                tools.run(Traffic.DATAGRAMS, 0, 100);
                CaptureResult result = session.stop().requireComplete();
                assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                        .containsExactlyElementsOf(Traffic.range(0, 100));
            }
        });
        tools.run("pkill -f 200000 || true");
    }

    @Test
    void stop_withDirectionInTheFilter_isNotFooledByLoopback() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(methods.exec())
                .filter("inbound and udp port 9")
                .writeTo(directory.resolve("inbound.pcapng"))
                .start()) {
            cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 0, 500);
            cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 500, 400);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 900));
        }
    }

    @Test
    void client_ofTheUser_isNeitherClosedNorChanged() {
        int retries = cluster.client().getConfiguration().getRequestRetryBackoffLimit();
        CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(methods.exec())
                .writeTo(directory.resolve("x.pcapng"))
                .start()
                .close();
        assertThat(cluster.pod("tools").getMetadata().getName()).isEqualTo("tools");
        assertThat(cluster.client().getConfiguration().getRequestRetryBackoffLimit())
                .isEqualTo(retries);
    }

    private static void assertBurstWhole(CaptureSession session) throws Exception {
        cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 0, 1000);
        CaptureResult result = session.stop().requireComplete();
        assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                .containsExactlyElementsOf(Traffic.range(0, 1000));
    }

    private static void assertReadByOthers(Path file, long packets) throws Exception {
        String read = output("tcpdump", "-n", "-r", file.toString());
        assertThat(read.lines().count()).isEqualTo(packets);
        String info = output("capinfos", "-c", "-M", file.toString());
        assertThat(info).contains(Long.toString(packets));
    }

    private static void assertNamed(Path file) throws IOException {
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                assertThat(cursor.hasTimestamp()).isTrue();
            }
            assertThat(cursor.sectionComment().orElse("")).contains("COMPLETE");
            InterfaceDescription scratch = cursor.interfaces().get(1);
            assertThat(scratch.name()).hasValue(cluster.namespace() + "/scratch:any");
            assertThat(scratch.description().orElse(""))
                    .contains("pod=scratch", "container=podcapture-", "node=", "ip=" + cluster.ip("scratch"), "uid=");
        }
    }

    private static String output(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(argv[0] + " reads the file").isZero();
        return printed;
    }
}
