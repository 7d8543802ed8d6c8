package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.PointResult;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helper pods: one per node, on the target's node, sharing the node's memory; refused in words where they cannot be. */
abstract class NodeHelperScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Returns an empty stage on the same cluster, in a namespace that enforces a level of Pod Security. */
    abstract Stage enforcing(String level);

    /** Requires that a node's filter leaves the container runtime's own connections out, where there is a runtime. */
    void assertRuntimeLeftOut(String filter) {}

    @Test
    void helpers_oneOnEachNodeOfTheTargets_serveAllOfThem() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.deployment(stage().namespace(), "cart"))
                .target(Targets.daemonSet(stage().namespace(), "web-daemonset"))
                .via(choice(Way.NODE))
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
                stage().sender(points.get(i).attributes().get("pod"), "tools").datagrams(i * 100, 100);
            }
            CaptureResult result = session.stop().requireComplete();
            for (int i = 0; i < points.size(); i++) {
                assertThat(Traffic.numbers(result).get(points.get(i).name()))
                        .containsExactlyElementsOf(Traffic.range(i * 100, 100));
            }
            result.points().forEach(point -> assertShare(point, result));
        }
    }

    private void assertShare(PointResult point, CaptureResult result) {
        String node = point.point().attributes().get("node");
        long sharers = result.points().stream()
                .filter(each -> node.equals(each.point().attributes().get("node")))
                .count();
        assertThat(point.statistics().kernelBuffer())
                .isEqualTo(Math.min(64L << 20, (256L << 20) / sharers / 1024 * 1024));
        assertThat(point.point().attributes().get("helper")).startsWith(stage().namespace() + "/podcapture-node-");
    }

    @Test
    void ipv6AndLoopback_areSeen() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "tools"))
                .via(choice(Way.NODE))
                .interfaces("any", "lo")
                .writeTo(directory.resolve("six.pcapng"))
                .start()) {
            stage().sender("tools", "tools").datagramsByIpv6(9, 0, 3);
            stage().sender("tools", "tools").datagrams(3, 3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 6));
            assertThat(result.points()).extracting(PointResult::interfaceName).containsExactlyInAnyOrder("any", "lo");
        }
    }

    @Test
    void hostNetworkPod_isCapturedWithoutOurOwnConnections() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), "host-tools"))
                .via(choice(Way.NODE))
                .filter("udp port 9 or tcp")
                .writeTo(directory.resolve("host.pcapng"))
                .start()) {
            stage().sender("host-tools", "tools").datagrams(0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/host-tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 100));
            assertThat(result.points().get(0).filter())
                    .startsWith("not (")
                    .contains("tcp port 10250")
                    .endsWith(") and (udp port 9 or tcp)");
            assertRuntimeLeftOut(result.points().get(0).filter());
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp) or (udp", "tcp) or (udp port 9", "udp port 9) #"})
    void filter_thatWouldEscape_isRejected(String filter) {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(Way.POD_ON_NODE.target(stage()))
                        .via(choice(Way.POD_ON_NODE))
                        .filter(filter)
                        .writeTo(directory.resolve("escape.pcapng"))
                        .start());
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown).hasMessageContaining(filter);
    }

    @ParameterizedTest
    @CsvSource({"node, deployment/web-deployment", "pod, node/HOST", "pod, debugpod/debug-1"})
    void image_missing_isToldBeforeAnyTimeOut(String method, String target) {
        KubernetesMethods methods = KubernetesMethods.builder(stage().client())
                .image("localhost/nosuch:9")
                .imagePullPolicy("Never")
                .build();
        String host = stage().pod("host-tools").getSpec().getNodeName();
        Target parsed = Target.parse(target.replace("HOST", host), stage().namespace());
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
        try (Stage strict = enforcing("baseline")) {
            KubernetesMethods methods = stage().methods(stage().client())
                    .helperNamespace(strict.namespace())
                    .build();
            CaptureException thrown = catchThrowableOfType(
                    CaptureException.class,
                    () -> CaptureSession.builder()
                            .target(Targets.pod(stage().namespace(), "tools"))
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
                        .target(Targets.debugPod(stage().namespace(), "tools"))
                        .via(choice(Way.POD_ALONE))
                        .writeTo(directory.resolve("taken.pcapng"))
                        .start());
        assertThat(thrown).hasMessageContaining("already exists");
        assertThat(stage().pod("tools").getMetadata().getDeletionTimestamp()).isNull();
    }

    private MethodChoice choice(Way way) {
        return way.choice(stage().methods(stage().client()).build());
    }

    private List<Pod> helpers(CaptureSession session) {
        return stage().client()
                .pods()
                .inNamespace(stage().namespace())
                .withLabel("podcapture.io/session", session.id())
                .list()
                .getItems();
    }
}
