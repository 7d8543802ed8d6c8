package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sidecar does to a workload, and what not. */
@OnCluster
class SidecarIT {
    private static final long SMALL_SPOOL = 8L << 20;
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

    // A pod that has a while for its end gives its packets first.
    @Test
    void template_labelChangedMeanwhile_isAsBeforeButForTheLabel() throws Exception {
        Deployment before = makeLasting();
        try (CaptureSession session = start(methods(), deploymentTarget("lasting"))) {
            CapturePoint captured = Way.points(session).get(0);
            cluster.shell(captured.attributes().get("pod"), "tools").run(Traffic.DATAGRAMS, 0, 100);
            cluster.client()
                    .resource(before)
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"tier\":\"new\"}}}}}");
            // The label is a roll-out: it ends the pod and, as the last one of the session, the session.
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS);
            assertThat(result.points()).singleElement().satisfies(point -> {
                assertThat(point.point().id()).isEqualTo(captured.id());
                assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
                assertThat(point.reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
                assertThat(point.explanation()).contains("was deleted while it was captured");
                assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
            });
            assertThat(Traffic.numbers(result).get(captured.name())).containsExactlyElementsOf(Traffic.range(0, 100));
            assertThat(result.leftovers()).isEmpty();
        }
        Deployment expected = new DeploymentBuilder(before)
                .editSpec()
                .editTemplate()
                .editMetadata()
                .addToLabels("tier", "new")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        Deployment after = deployment("lasting");
        assertThat(after.getSpec()).isEqualTo(expected.getSpec());
        assertThat(after.getMetadata().getLabels())
                .isEqualTo(before.getMetadata().getLabels());
        assertThat(after.getMetadata().getManagedFields())
                .noneMatch(entry -> entry.getManager().startsWith("podcapture"));
    }

    @Test
    void sessions_twoOnOneWorkload_rollOutOnceAndTheLastTakesItOut() {
        long generation = templateChanges("single");
        try (CaptureSession first = start(methods(), deploymentTarget("single"));
                CaptureSession second = start(methods(), deploymentTarget("single"))) {
            assertThat(Way.points(second)).isEqualTo(Way.points(first));
            first.stop().requireComplete();
            assertThat(containers("single")).contains("podcapture");
            second.stop().requireComplete();
        }
        assertThat(containers("single")).containsExactly("tools");
        assertThat(templateChanges("single")).isEqualTo(generation + 2);
        assertThat(revisionsWithSidecar("single")).isEmpty();
        assertThat(deployment("single").getMetadata().getLabels()).isNullOrEmpty();
    }

    @Test
    void session_besideFilesOfADeadOne_removesThoseOnly() throws Exception {
        try (CaptureSession living = start(methods(), deploymentTarget("single"))) {
            PodShell sidecar =
                    cluster.shell(Way.points(living).get(0).attributes().get("pod"), "podcapture");
            sidecar.run("mkdir /podcapture/dead-1 && echo packet > /podcapture/dead-1/packets.pcap00");
            markDead("single", "dead");
            try (CaptureSession next = start(methods(), deploymentTarget("single"))) {
                assertThat(sidecar.run("ls /podcapture"))
                        .contains(living.id() + "-", next.id() + "-")
                        .doesNotContain("dead");
                next.stop().requireComplete();
            }
            living.stop().requireComplete();
        }
        assertThat(deployment("single").getMetadata().getLabels()).isNullOrEmpty();
    }

    // As a session does that was killed an hour ago.
    private static void markDead(String name, String session) {
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("podcapture-" + session)
                .build();
        long until = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(name)
                .patch(
                        apply,
                        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                                + "\",\"labels\":{\"podcapture.io/session-" + session + "\":\"" + until + "\"}}}");
    }

    @Test
    void nativeSidecar_captures_andIsAnInitContainer() throws Exception {
        KubernetesMethods methods =
                Way.methods(cluster.client()).nativeSidecar().build();
        try (CaptureSession session = start(methods, deploymentTarget("single"))) {
            CapturePoint point = Way.points(session).get(0);
            Pod pod = cluster.pod(point.attributes().get("pod"));
            assertThat(pod.getSpec().getInitContainers()).singleElement().satisfies(container -> {
                assertThat(container.getName()).isEqualTo("podcapture");
                assertThat(container.getRestartPolicy()).isEqualTo("Always");
            });
            cluster.shell(pod.getMetadata().getName(), "tools").run(Traffic.DATAGRAMS, 0, 50);
            assertThat(Traffic.numbers(session.stop().requireComplete()).get(point.name()))
                    .containsExactlyElementsOf(Traffic.range(0, 50));
        }
    }

    @Test
    void spool_full_endsAsByALimit() throws Exception {
        try (CaptureSession session = start(smallSpool(), deploymentTarget("single"))) {
            String pod = Way.points(session).get(0).attributes().get("pod");
            // No faster than it is looked at.
            cluster.shell(pod, "tools")
                    .run("for ((i = 0; i < 400; i++)); do dd bs=20000 count=1 if=/dev/zero 2>/dev/null"
                            + " > /dev/udp/127.0.0.1/9; sleep 0.01; done 2>/dev/null; true");
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS).requireComplete();
            assertThat(result.points()).singleElement().satisfies(each -> {
                assertThat(each.endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
                assertThat(each.statistics().octets()).isBetween(4_000_000L, SMALL_SPOOL);
            });
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("room"));
        }
    }

    @Test
    void spool_flooded_isNeverLargerThanItsVolumeAndNobodyIsEvicted() throws Exception {
        try (CaptureSession session = start(smallSpool(), deploymentTarget("single"))) {
            String pod = Way.points(session).get(0).attributes().get("pod");
            try {
                cluster.shell(pod, "tools").run(Traffic.BIG_DATAGRAMS, 2500);
            } catch (IllegalStateException killed) {
                // The session has ended meanwhile, and with its sidecar the pod was replaced.
            }
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS);
            assertThat(result.points()).singleElement().satisfies(each -> {
                assertThat(each.endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
                assertThat(each.statistics().octets()).isBetween(4_000_000L, SMALL_SPOOL);
                boolean all = each.statistics().captured().getAsLong()
                        == each.statistics().packets();
                assertThat(each.outcome() == Outcome.TRUNCATED).isNotEqualTo(all);
            });
            // An evicted pod stays as an object that has failed.
            assertThat(cluster.client()
                            .pods()
                            .inNamespace(cluster.namespace())
                            .list()
                            .getItems())
                    .noneMatch(each -> "Evicted".equals(each.getStatus().getReason()));
        }
    }

    private static KubernetesMethods smallSpool() {
        return Way.methods(cluster.client()).spoolSize(SMALL_SPOOL).build();
    }

    @ParameterizedTest
    @CsvSource({
        "web-deployment, paused, its roll-out is paused",
        "web-statefulset, OnDelete, update strategy is OnDelete",
        "web-statefulset, partition, partitioned at 1",
        "web-daemonset, OnDelete, update strategy is OnDelete"
    })
    void rollOut_thatWouldNotReachThePods_isRefusedWithWords(String workload, String how, String words) {
        Target target = Target.parse(workload.replace("web-", "") + "/" + workload, cluster.namespace());
        patch(workload, how(how, true));
        try {
            CaptureException thrown = failure(target);
            assertThat(thrown.reason()).isEqualTo(FailureReason.UNSUPPORTED);
            assertThat(thrown).hasMessageContaining(words).hasMessageContaining("ephemeral");
        } finally {
            patch(workload, how(how, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"pod/tools", "job/any", "replicaset/any", "service/any", "namespace/any"})
    void target_withoutATemplateThatRollsOut_isRefusedWithWords(String target) {
        CaptureException thrown = failure(Target.parse(target, cluster.namespace()));
        assertThat(thrown.reason()).isEqualTo(FailureReason.UNSUPPORTED);
        assertThat(thrown).hasMessageContaining("use ephemeral");
    }

    @Test
    void cronJob_isNoTarget() {
        assertThatThrownBy(() -> start(methods(), Target.parse("cronjob/any", cluster.namespace())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void image_missing_isToldAtOnceAndTakenOutAgain() {
        KubernetesMethods methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/nosuch:9")
                .imagePullPolicy("Never")
                .build();
        List<String> before = containers("single");
        long begun = System.nanoTime();
        CaptureException thrown =
                catchThrowableOfType(CaptureException.class, () -> start(methods, deploymentTarget("single")));
        assertThat(thrown.reason()).isEqualTo(FailureReason.IMAGE_UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("localhost/nosuch:9").hasNoSuppressedExceptions();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(55);
        assertThat(containers("single")).isEqualTo(before);
    }

    private CaptureException failure(Target target) {
        return catchThrowableOfType(CaptureException.class, () -> start(methods(), target));
    }

    private CaptureSession start(KubernetesMethods methods, Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(methods.sidecar())
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                .start();
    }

    private static KubernetesMethods methods() {
        return Way.methods(cluster.client()).build();
    }

    private static Target deploymentTarget(String name) {
        return Targets.deployment(cluster.namespace(), name);
    }

    private static String how(String how, boolean on) {
        return switch (how) {
            case "paused" -> "{\"spec\":{\"paused\":" + on + "}}";
            case "OnDelete" ->
                on
                        ? "{\"spec\":{\"updateStrategy\":{\"$retainKeys\":[\"type\"],\"type\":\"OnDelete\"}}}"
                        : "{\"spec\":{\"updateStrategy\":{\"type\":\"RollingUpdate\"}}}";
            default -> "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":" + (on ? 1 : 0) + "}}}}";
        };
    }

    private static void patch(String workload, String json) {
        PatchContext merge = PatchContext.of(PatchType.STRATEGIC_MERGE);
        switch (workload) {
            case "web-deployment" ->
                cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace(cluster.namespace())
                        .withName(workload)
                        .patch(merge, json);
            case "web-statefulset" ->
                cluster.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(cluster.namespace())
                        .withName(workload)
                        .patch(merge, json);
            default ->
                cluster.client()
                        .apps()
                        .daemonSets()
                        .inNamespace(cluster.namespace())
                        .withName(workload)
                        .patch(merge, json);
        }
    }

    // As single is, but for the time its pods have for their end.
    private static Deployment makeLasting() {
        Deployment lasting = new DeploymentBuilder(deployment("single"))
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName("lasting")
                .endMetadata()
                .editSpec()
                .withNewSelector()
                .addToMatchLabels("app", "lasting")
                .endSelector()
                .editTemplate()
                .editMetadata()
                .addToLabels("app", "lasting")
                .endMetadata()
                .editSpec()
                .withTerminationGracePeriodSeconds(20L)
                .endSpec()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
        cluster.client().resource(lasting).create();
        cluster.client()
                .resource(lasting)
                .waitUntilCondition(made -> Readiness.getInstance().isReady(made), 60, TimeUnit.SECONDS);
        return deployment("lasting");
    }

    private static Deployment deployment(String name) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
    }

    private static List<ReplicaSet> revisionsWithSidecar(String name) {
        return cluster
                .client()
                .apps()
                .replicaSets()
                .inNamespace(cluster.namespace())
                .withLabel("app", name)
                .list()
                .getItems()
                .stream()
                .filter(set -> set.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals("podcapture")))
                .toList();
    }

    private static List<String> containers(String name) {
        return deployment(name).getSpec().getTemplate().getSpec().getContainers().stream()
                .map(container -> container.getName())
                .toList();
    }

    // The controller counts them, whoever made them.
    private static long templateChanges(String name) {
        return Long.parseLong(deployment(name).getMetadata().getAnnotations().get("deployment.kubernetes.io/revision"));
    }
}
