package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.PointResult;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helper pods: one per node, on the target's node, sharing the node's memory; refused in words where they cannot be. */
@OnCluster
class NodeHelperIT {
    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Test
    void helpers_oneOnEachNodeOfTheTargets_serveAllOfThem() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.deployment(cluster.namespace(), "cart"))
                .target(Targets.daemonSet(cluster.namespace(), "web-daemonset"))
                .via(Way.NODE.choice(cluster.client()))
                .filter("udp port 9")
                .writeTo(directory.resolve("node.pcapng"))
                .start()) {
            List<CapturePoint> points = Way.points(session);
            assertThat(points).hasSizeGreaterThanOrEqualTo(5);
            List<String> nodes = points.stream()
                    .map(point -> point.attributes().get("node"))
                    .distinct()
                    .toList();
            assertThat(nodes).hasSizeGreaterThan(1);
            assertThat(helpers(session))
                    .extracting(helper -> helper.getSpec().getNodeName())
                    .containsExactlyInAnyOrderElementsOf(nodes);
            for (int i = 0; i < points.size(); i++) {
                cluster.shell(points.get(i).attributes().get("pod"), "tools").run(Traffic.DATAGRAMS, i * 100, 100);
            }
            CaptureResult result = session.stop().requireComplete();
            for (int i = 0; i < points.size(); i++) {
                assertThat(Traffic.numbers(result).get(points.get(i).name()))
                        .containsExactlyElementsOf(Traffic.range(i * 100, 100));
            }
            result.points().forEach(point -> assertShare(point, result));
        }
    }

    private static void assertShare(PointResult point, CaptureResult result) {
        String node = point.point().attributes().get("node");
        long sharers = result.points().stream()
                .filter(each -> node.equals(each.point().attributes().get("node")))
                .count();
        assertThat(point.statistics().kernelBuffer())
                .isEqualTo(Math.min(64L << 20, (256L << 20) / sharers / 1024 * 1024));
        assertThat(point.point().attributes().get("helper")).startsWith(cluster.namespace() + "/podcapture-node-");
    }

    @Test
    void ipv6AndLoopback_areSeen() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "tools"))
                .via(Way.NODE.choice(cluster.client()))
                .interfaces("any", "lo")
                .writeTo(directory.resolve("six.pcapng"))
                .start()) {
            cluster.shell("tools", "tools")
                    .run("for i in 0 1 2; do echo -n packet-$i > /dev/udp/::1/9; done 2>/dev/null; true");
            cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 3, 3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 6));
            assertThat(result.points()).extracting(PointResult::interfaceName).containsExactlyInAnyOrder("any", "lo");
        }
    }

    @Test
    void hostNetworkPod_isCapturedWithoutOurOwnConnections() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "host-tools"))
                .via(Way.NODE.choice(cluster.client()))
                .filter("udp port 9 or tcp")
                .writeTo(directory.resolve("host.pcapng"))
                .start()) {
            cluster.shell("host-tools", "tools").run(Traffic.DATAGRAMS, 0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/host-tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 100));
            assertThat(result.points().get(0).filter())
                    .startsWith("not (")
                    .contains("tcp port 10250")
                    // The container runtime's, which is found in the node's network only.
                    .containsPattern("\\(tcp port \\d+ and \\(host 127\\.0\\.0\\.1 or host ::1\\)\\)")
                    .endsWith(") and (udp port 9 or tcp)");
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp) or (udp", "tcp) or (udp port 9", "udp port 9) #"})
    void filter_thatWouldEscape_isRejected(String filter) {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(Way.POD_ON_NODE.target(cluster))
                        .via(Way.POD_ON_NODE.choice(cluster.client()))
                        .filter(filter)
                        .writeTo(directory.resolve("escape.pcapng"))
                        .start());
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown).hasMessageContaining(filter);
    }

    @ParameterizedTest
    @CsvSource({"node, deployment/web-deployment", "pod, node/HOST", "pod, debugpod/debug-1"})
    void image_missing_isToldBeforeAnyTimeOut(String method, String target) {
        KubernetesMethods methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/nosuch:9")
                .imagePullPolicy("Never")
                .build();
        String host = cluster.pod("host-tools").getSpec().getNodeName();
        Target parsed = Target.parse(target.replace("HOST", host), cluster.namespace());
        long begun = System.nanoTime();
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(parsed)
                        .via(method.equals("node") ? methods.node() : methods.pod())
                        .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                        .start());
        assertThat(thrown.reason()).isEqualTo(FailureReason.IMAGE_UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("localhost/nosuch:9");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(30);
    }

    @Test
    void namespace_thatAdmitsNoPrivilegedPod_refusesWithTheServersWords() {
        try (TestCluster strict = TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "baseline"))) {
            KubernetesMethods methods = Way.methods(cluster.client())
                    .helperNamespace(strict.namespace())
                    .build();
            CaptureException thrown = catchThrowableOfType(
                    CaptureException.class,
                    () -> CaptureSession.builder()
                            .target(Targets.pod(cluster.namespace(), "tools"))
                            .via(methods.node())
                            .writeTo(directory.resolve("denied.pcapng"))
                            .start());
            assertThat(thrown.reason()).isEqualTo(FailureReason.POLICY_DENIED);
            assertThat(thrown).hasMessageContaining("violates PodSecurity");
        }
    }

    @Test
    void name_ofADebugPodThatIsTaken_isRefusedAndNobodysPodIsRemoved() {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(Targets.debugPod(cluster.namespace(), "tools"))
                        .via(Way.POD_ALONE.choice(cluster.client()))
                        .writeTo(directory.resolve("taken.pcapng"))
                        .start());
        assertThat(thrown).hasMessageContaining("already exists");
        assertThat(cluster.pod("tools").getMetadata().getDeletionTimestamp()).isNull();
    }

    private static List<Pod> helpers(CaptureSession session) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("podcapture.io/session", session.id())
                .list()
                .getItems();
    }
}
