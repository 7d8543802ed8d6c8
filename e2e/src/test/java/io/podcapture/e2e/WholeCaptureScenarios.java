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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of pods are whole, and say whose packets are whose. */
abstract class WholeCaptureScenarios {
    @TempDir
    private Path directory;

    private KubernetesMethods methods;

    /** Where it is played, with the pods of pods.yaml. */
    abstract Stage stage();

    /** Requires that other programs read as many packets from a file, where they are sure to be there. */
    void assertReadByOthers(Path file, long packets) throws Exception {}

    @BeforeEach
    void makeMethods() {
        methods = stage().methods(stage().client()).build();
    }

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void session_execAndEphemeralTogether_holdsEveryRequestUnderItsPod(int repetition) throws Exception {
        Path file = directory.resolve("two.pcapng");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "web-sidecar"), on -> on.via(methods.exec()))
                .target(Targets.pod(stage().namespace(), "scratch"), on -> on.via(methods.ephemeral()))
                .writeTo(file)
                .start()) {
            Sender tools = stage().sender("tools", "tools");
            tools.requests(stage().ip("web-sidecar"), 0, 150);
            tools.requests(stage().ip("scratch"), 150, 150);
            CaptureResult result = session.stop().requireComplete();

            Map<String, SortedSet<Integer>> seen = Traffic.numbers(result);
            assertThat(seen.get(stage().namespace() + "/web-sidecar")).containsExactlyElementsOf(Traffic.range(0, 150));
            assertThat(seen.get(stage().namespace() + "/scratch")).containsExactlyElementsOf(Traffic.range(150, 150));
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
                .target(Targets.pod(stage().namespace(), "tools"))
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
                .target(Targets.pod(stage().namespace(), "tools"))
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
                .target(Targets.deployment(stage().namespace(), "cart"))
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
            assertThat(names).hasSize(3).allMatch(name -> name.startsWith(stage().namespace() + "/cart-"));
        }
    }

    @Test
    void close_afterExceptionInBody_keepsCompleteFile() throws Exception {
        CaptureSession[] used = new CaptureSession[1];
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "tools"))
                .via(methods.exec())
                .filter("udp port 9")
                .writeTo(directory.resolve("failed.pcapng"))
                .start()) {
            used[0] = session;
            stage().sender("tools", "tools").datagrams(0, 10);
            throw new IllegalStateException("the test failed");
        } catch (IllegalStateException expected) {
            CaptureResult result = used[0].ended().get(1, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 10));
        }
    }

    @Test
    void stop_withDirectionInTheFilter_isNotFooledByLoopback() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "tools"))
                .via(methods.exec())
                .filter("inbound and udp port 9")
                .writeTo(directory.resolve("inbound.pcapng"))
                .start()) {
            stage().sender("tools", "tools").datagrams(0, 500);
            stage().sender("tools", "tools").datagrams(500, 400);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 900));
        }
    }

    @Test
    void client_ofTheUser_isNeitherClosedNorChanged() {
        int retries = stage().client().getConfiguration().getRequestRetryBackoffLimit();
        CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "tools"))
                .via(methods.exec())
                .writeTo(directory.resolve("x.pcapng"))
                .start()
                .close();
        assertThat(stage().pod("tools").getMetadata().getName()).isEqualTo("tools");
        assertThat(stage().client().getConfiguration().getRequestRetryBackoffLimit())
                .isEqualTo(retries);
    }

    private void assertBurstWhole(CaptureSession session) throws Exception {
        stage().sender("tools", "tools").datagrams(0, 1000);
        CaptureResult result = session.stop().requireComplete();
        assertThat(Traffic.numbers(result).get(stage().namespace() + "/tools"))
                .containsExactlyElementsOf(Traffic.range(0, 1000));
    }

    private void assertNamed(Path file) throws IOException {
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                assertThat(cursor.hasTimestamp()).isTrue();
            }
            assertThat(cursor.sectionComment().orElse("")).contains("COMPLETE");
            InterfaceDescription scratch = cursor.interfaces().get(1);
            assertThat(scratch.name()).hasValue(stage().namespace() + "/scratch:any");
            assertThat(scratch.description().orElse(""))
                    .contains("pod=scratch", "container=podcapture-", "node=", "ip=" + stage().ip("scratch"), "uid=");
        }
    }
}
