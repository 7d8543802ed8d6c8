package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A roll-out that fails or that somebody undoes is told, and leaves the workload as it was. */
abstract class SidecarRollOutScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Keeps roll-outs of web-deployment from their end, where they would be over before an operator comes. */
    void holdRollOutsUp(boolean up) {}

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "daemonset"})
    void image_missing_isToldAndAllPodsLiveAsBefore(String kind) {
        KubernetesMethods methods = KubernetesMethods.builder(stage().client())
                .image("localhost/nosuch:9")
                .imagePullPolicy("Never")
                .build();
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class, () -> session(methods, kind).start());
        assertThat(thrown.reason()).isEqualTo(FailureReason.IMAGE_UNAVAILABLE);
        assertAsBefore(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "daemonset"})
    void capture_ended_leavesNothingInTheHistory(String kind) {
        try (CaptureSession session = session(methods(), kind).start()) {
            assertThat(revisionsWithSidecar()).isNotEmpty();
            session.stop().requireComplete();
        }
        assertAsBefore(kind);
    }

    @Test
    void container_takenOutByAnOperator_isToldInWords() {
        holdRollOutsUp(true);
        try (CaptureSession session = session(methods(), "deployment").build()) {
            CompletableFuture<CaptureSession> start = session.startAsync();
            Awaitility.await("the template has the container")
                    .atMost(30, TimeUnit.SECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> json("deployment").contains("\"podcapture-spool\""));
            stage().client()
                    .apps()
                    .deployments()
                    .inNamespace(stage().namespace())
                    .withName("web-deployment")
                    .patch(
                            PatchContext.of(PatchType.STRATEGIC_MERGE),
                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"$patch\":\"delete\","
                                    + "\"name\":\"podcapture\"}],\"volumes\":[{\"$patch\":\"delete\","
                                    + "\"name\":\"podcapture-spool\"}]}}}}");
            holdRollOutsUp(false);
            CompletionException thrown = catchThrowableOfType(CompletionException.class, start::join);
            assertThat(thrown.getCause())
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("somebody else took container podcapture out of the template");
        } finally {
            holdRollOutsUp(false);
        }
        assertAsBefore("deployment");
    }

    private void assertAsBefore(String kind) {
        assertThat(json(kind)).doesNotContain("podcapture-spool").doesNotContain("podcapture.io");
        Awaitility.await("all pods ready and without our container")
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(pods(kind)).hasSize(2).allSatisfy(pod -> {
                    assertThat(Readiness.isPodReady(pod)).isTrue();
                    assertThat(pod.getSpec().getContainers()).hasSize(2);
                }));
        assertThat(revisionsWithSidecar()).isEmpty();
    }

    private KubernetesMethods methods() {
        return stage().methods(stage().client()).build();
    }

    private CaptureSession.Builder session(KubernetesMethods methods, String kind) {
        return CaptureSession.builder()
                .target(Target.parse(kind + "/web-" + kind, stage().namespace()))
                .via(methods.sidecar())
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
    }

    private String json(String kind) {
        HasMetadata workload =
                switch (kind) {
                    case "deployment" ->
                        stage().client()
                                .apps()
                                .deployments()
                                .inNamespace(stage().namespace())
                                .withName("web-deployment")
                                .get();
                    case "statefulset" ->
                        stage().client()
                                .apps()
                                .statefulSets()
                                .inNamespace(stage().namespace())
                                .withName("web-statefulset")
                                .get();
                    default ->
                        stage().client()
                                .apps()
                                .daemonSets()
                                .inNamespace(stage().namespace())
                                .withName("web-daemonset")
                                .get();
                };
        return stage().client().getKubernetesSerialization().asJson(workload);
    }

    private List<Pod> pods(String kind) {
        return stage().client()
                .pods()
                .inNamespace(stage().namespace())
                .withLabel("app", "web-" + kind)
                .list()
                .getItems();
    }

    private List<String> revisionsWithSidecar() {
        List<HasMetadata> revisions = new ArrayList<>(stage().client()
                .apps()
                .controllerRevisions()
                .inNamespace(stage().namespace())
                .list()
                .getItems());
        revisions.addAll(stage().client()
                .apps()
                .replicaSets()
                .inNamespace(stage().namespace())
                .list()
                .getItems());
        return revisions.stream()
                .filter(revision -> stage().client()
                        .getKubernetesSerialization()
                        .asJson(revision)
                        .contains("\"podcapture-spool\""))
                .map(revision -> revision.getMetadata().getName())
                .toList();
    }
}
