package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AppsAPIGroupDSL;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.fabric8.Leftovers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks a capture by the methods that bring something into the cluster is told truly. */
abstract class WayFaultScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    static IntStream repetitions() {
        return IntStream.rangeClosed(1, Repetitions.ofOthers());
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void pod_deleted_isToldAndNeverComplete(int repetition) throws Exception {
        try (Captures captures = Captures.startAll(stage(), stage().client(), directory)) {
            captures.eachAtOnce(this::assertDeletionIsTold);
        }
    }

    private void assertDeletionIsTold(Way way, CaptureSession session) throws Exception {
        CapturePoint point = Way.points(session).get(0);
        Pod victim = way == Way.POD_ON_NODE || way == Way.POD_ALONE
                ? helper(session)
                : stage().pod(point.attributes().get("pod"));
        String pod = victim.getMetadata().getName();
        stage().client().resource(victim).delete();
        // A StatefulSet makes another of the same name.
        stage().client()
                .resource(victim)
                .waitUntilCondition(now -> now == null || !uid(now).equals(uid(victim)), 40, TimeUnit.SECONDS);
        PointResult ended = of(session.stop(), point);
        // What a sidecar has written comes if the second that these pods have for their end is long enough.
        assertThat(ended.outcome())
                .as(way.name())
                .isIn(way.deliversAtEnd() ? List.of(Outcome.FAILED, Outcome.TRUNCATED) : List.of(Outcome.TRUNCATED));
        if (way == Way.POD_ON_NODE || way == Way.POD_ALONE) {
            assertThat(ended.reason()).as(way.name()).hasValue(FailureReason.STREAM_LOST);
        } else {
            assertThat(ended.endedBy()).as(way.name()).isEqualTo(EndCause.POINT_GONE);
            assertThat(ended.explanation()).as(way.name()).contains(pod).contains("deleted");
        }
    }

    @LongWait
    @ParameterizedTest
    @MethodSource("repetitions")
    void connection_cut_isStreamLost(int repetition) throws Exception {
        try (TcpProxy proxy = TcpProxy.before(stage());
                KubernetesClient client = proxy.client(stage(), "vertx");
                Captures captures = Captures.startAll(stage(), client, directory)) {
            proxy.cut();
            captures.eachAtOnce(
                    (way, session) -> assertLost(way, session.ended().get(60, TimeUnit.SECONDS)));
        } finally {
            takeSidecarsOut();
        }
    }

    @LongWait
    @ParameterizedTest
    @MethodSource("repetitions")
    void connection_stalled_isStreamLostWithin15Seconds(int repetition) throws Exception {
        try (TcpProxy proxy = TcpProxy.before(stage());
                KubernetesClient client = proxy.client(stage(), "vertx");
                Captures captures = Captures.startAll(stage(), client, directory)) {
            proxy.stall();
            Instant stalled = Instant.now();
            captures.eachAtOnce((way, session) -> {
                // The clean-up's calls go through the stalled proxy too: their own time-outs come on top.
                CaptureResult result = session.ended().get(120, TimeUnit.SECONDS);
                assertLost(way, result);
                assertThat(result.points()).allSatisfy(point -> {
                    assertThat(point.explanation()).contains("stalls");
                    assertThat(Duration.between(stalled, point.ended())).isLessThan(Duration.ofSeconds(15));
                });
            });
        } finally {
            takeSidecarsOut();
        }
    }

    // Sessions that cannot reach the API server cannot take them out.
    private void takeSidecarsOut() {
        Awaitility.await("the sessions count as dead, and their sidecars go")
                .atMost(120, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    assertThat(Leftovers.find(stage().client(), stage().namespace())
                                    .remove())
                            .isEmpty();
                    assertThat(sidecars()).isZero();
                });
    }

    private long sidecars() {
        String namespace = stage().namespace();
        AppsAPIGroupDSL apps = stage().client().apps();
        return Stream.of(apps.deployments(), apps.statefulSets(), apps.daemonSets())
                .mapToLong(kind -> kind.inNamespace(namespace)
                        .withLabel("podcapture.io/sidecar")
                        .list()
                        .getItems()
                        .size())
                .sum();
    }

    private static void assertLost(Way way, CaptureResult result) {
        assertThat(result.points()).as(way.name()).allSatisfy(point -> {
            assertThat(point.endedBy()).isEqualTo(EndCause.FAULT);
            assertThat(point.reason()).hasValue(FailureReason.STREAM_LOST);
            assertThat(point.outcome()).isIn(Outcome.TRUNCATED, Outcome.FAILED);
        });
        if (!way.deliversAtEnd()) {
            assertThat(result.outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @LongWait
    @ParameterizedTest
    @EnumSource
    void disk_full_keepsWhatIsWholeAndSaysWhy(Way way) throws Exception {
        Path small = directory.resolve("small");
        Files.createDirectory(small);
        Assumptions.assumeTrue(
                FaultScenarios.run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
                "needs the right to mount");
        try (CaptureSession session = way.session(stage(), stage().client(), small)
                .filter("udp port 9")
                .start()) {
            CapturePoint point = Way.points(session).get(0);
            way.sender(stage(), point).bigDatagrams(150);
            CaptureResult result = session.stop();
            PointResult ended = of(result, point);
            assertThat(ended.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(ended.reason()).hasValue(FailureReason.OUTPUT_FAILED);
            assertThat(ended.explanation()).contains("No space left on device");
            assertThat(ended.statistics().packets()).isPositive();
        } finally {
            assertThat(FaultScenarios.run("umount", small.toString())).isZero();
        }
    }

    private static PointResult of(CaptureResult result, CapturePoint point) {
        return result.points().stream()
                .filter(each -> each.point().equals(point))
                .findFirst()
                .orElseThrow();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private Pod helper(CaptureSession session) {
        return stage().client()
                .pods()
                .inAnyNamespace()
                .withLabel("podcapture.io/session", session.id())
                .list()
                .getItems()
                .get(0);
    }
}
