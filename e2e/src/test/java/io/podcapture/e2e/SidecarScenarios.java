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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sidecar does to a workload, and what not. */
abstract class SidecarScenarios {
    static final long SMALL_SPOOL = 8L << 20;

    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Returns a shell in a container; paths are among its arguments. */
    abstract PodShell shell(String pod, String container);

    /** Makes deployment lasting, which is as single is, but for the 20 s that its pods have for their end. */
    abstract void makeLasting();

    /** Requires that packets 0 to 99 are there of the only pod, which had a while for its end. */
    abstract void assertGaveItsPackets(CaptureResult result) throws Exception;

    /** Sends 400 times 20,000 octets to the pod itself, no faster than its spool is looked at. */
    abstract void fillSpool(String pod) throws Exception;

    // A pod that has a while for its end gives its packets first.
    @Test
    void template_labelChangedMeanwhile_isAsBeforeButForTheLabel() throws Exception {
        makeLasting();
        Deployment before = deployment("lasting");
        try (CaptureSession session = start(methods(), deploymentTarget("lasting"))) {
            CapturePoint captured = Way.points(session).get(0);
            stage().sender(captured.attributes().get("pod"), "tools").datagrams(0, 100);
            stage().client()
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
            });
            assertGaveItsPackets(result);
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
            PodShell sidecar = shell(Way.points(living).get(0).attributes().get("pod"), "podcapture");
            sidecar.run("mkdir \"$1\" && echo packet > \"$1/packets.pcap00\"", "/podcapture/dead-1");
            markDead("single", "dead");
            try (CaptureSession next = start(methods(), deploymentTarget("single"))) {
                assertThat(sidecar.run("ls \"$1\"", "/podcapture"))
                        .contains(living.id() + "-", next.id() + "-")
                        .doesNotContain("dead");
                next.stop().requireComplete();
            }
            living.stop().requireComplete();
        }
        assertThat(deployment("single").getMetadata().getLabels()).isNullOrEmpty();
    }

    // As a session does that was killed an hour ago.
    private void markDead(String name, String session) {
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("podcapture-" + session)
                .build();
        long until = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
        stage().client()
                .apps()
                .deployments()
                .inNamespace(stage().namespace())
                .withName(name)
                .patch(
                        apply,
                        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                                + "\",\"labels\":{\"podcapture.io/session-" + session + "\":\"" + until + "\"}}}");
    }

    @LongWait
    @Test
    void nativeSidecar_captures_andIsAnInitContainer() throws Exception {
        KubernetesMethods methods =
                stage().methods(stage().client()).nativeSidecar().build();
        try (CaptureSession session = start(methods, deploymentTarget("single"))) {
            CapturePoint point = Way.points(session).get(0);
            Pod pod = stage().pod(point.attributes().get("pod"));
            assertThat(pod.getSpec().getInitContainers()).singleElement().satisfies(container -> {
                assertThat(container.getName()).isEqualTo("podcapture");
                assertThat(container.getRestartPolicy()).isEqualTo("Always");
            });
            stage().sender(pod.getMetadata().getName(), "tools").datagrams(0, 50);
            assertThat(Traffic.numbers(session.stop().requireComplete()).get(point.name()))
                    .containsExactlyElementsOf(Traffic.range(0, 50));
        }
    }

    @LongWait
    @Test
    void spool_full_endsAsByALimit() throws Exception {
        try (CaptureSession session = start(smallSpool(), deploymentTarget("single"))) {
            String pod = Way.points(session).get(0).attributes().get("pod");
            fillSpool(pod);
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS).requireComplete();
            assertThat(result.points()).singleElement().satisfies(each -> {
                assertThat(each.endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
                assertThat(each.statistics().octets()).isBetween(4_000_000L, SMALL_SPOOL);
            });
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("room"));
        }
    }

    @LongWait
    @Test
    void spool_flooded_isNeverLargerThanItsVolumeAndNobodyIsEvicted() throws Exception {
        try (CaptureSession session = start(smallSpool(), deploymentTarget("single"))) {
            String pod = Way.points(session).get(0).attributes().get("pod");
            try {
                stage().sender(pod, "tools").bigDatagrams(2500);
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
            assertThat(stage().client()
                            .pods()
                            .inNamespace(stage().namespace())
                            .list()
                            .getItems())
                    .noneMatch(each -> "Evicted".equals(each.getStatus().getReason()));
        }
    }

    private KubernetesMethods smallSpool() {
        return stage().methods(stage().client()).spoolSize(SMALL_SPOOL).build();
    }

    @ParameterizedTest
    @CsvSource({
        "web-deployment, paused, its roll-out is paused",
        "web-statefulset, OnDelete, update strategy is OnDelete",
        "web-statefulset, partition, partitioned at 1",
        "web-daemonset, OnDelete, update strategy is OnDelete"
    })
    void rollOut_thatWouldNotReachThePods_isRefusedWithWords(String workload, String how, String words) {
        Target target = Target.parse(workload.replace("web-", "") + "/" + workload, stage().namespace());
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
        CaptureException thrown = failure(Target.parse(target, stage().namespace()));
        assertThat(thrown.reason()).isEqualTo(FailureReason.UNSUPPORTED);
        assertThat(thrown).hasMessageContaining("use ephemeral");
    }

    @Test
    void cronJob_isNoTarget() {
        assertThatThrownBy(() -> start(methods(), Target.parse("cronjob/any", stage().namespace())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void image_missing_isToldAtOnceAndTakenOutAgain() {
        KubernetesMethods methods = KubernetesMethods.builder(stage().client())
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

    private KubernetesMethods methods() {
        return stage().methods(stage().client()).build();
    }

    private Target deploymentTarget(String name) {
        return Targets.deployment(stage().namespace(), name);
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

    private void patch(String workload, String json) {
        PatchContext merge = PatchContext.of(PatchType.STRATEGIC_MERGE);
        switch (workload) {
            case "web-deployment" ->
                stage().client()
                        .apps()
                        .deployments()
                        .inNamespace(stage().namespace())
                        .withName(workload)
                        .patch(merge, json);
            case "web-statefulset" ->
                stage().client()
                        .apps()
                        .statefulSets()
                        .inNamespace(stage().namespace())
                        .withName(workload)
                        .patch(merge, json);
            default ->
                stage().client()
                        .apps()
                        .daemonSets()
                        .inNamespace(stage().namespace())
                        .withName(workload)
                        .patch(merge, json);
        }
    }

    final Deployment deployment(String name) {
        return stage().client()
                .apps()
                .deployments()
                .inNamespace(stage().namespace())
                .withName(name)
                .get();
    }

    private List<ReplicaSet> revisionsWithSidecar(String name) {
        return stage()
                .client()
                .apps()
                .replicaSets()
                .inNamespace(stage().namespace())
                .withLabel("app", name)
                .list()
                .getItems()
                .stream()
                .filter(set -> set.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals("podcapture")))
                .toList();
    }

    private List<String> containers(String name) {
        return deployment(name).getSpec().getTemplate().getSpec().getContainers().stream()
                .map(container -> container.getName())
                .toList();
    }

    // The controller counts them, whoever made them.
    private long templateChanges(String name) {
        return Long.parseLong(deployment(name).getMetadata().getAnnotations().get("deployment.kubernetes.io/revision"));
    }
}
