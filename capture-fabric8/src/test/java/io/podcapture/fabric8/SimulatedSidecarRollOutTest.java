package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.testkit.cluster.PodSecurity;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roll-outs of all kinds of workloads, also those that fail or that somebody undoes: the workload is as it was. */
class SimulatedSidecarRollOutTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.STRATEGIC_MERGE);
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "deployment", 2, pod -> {})
                .statefulSet("shop", "statefulset", 2, pod -> {})
                .daemonSet("shop", "daemonset", pod -> {})
                .deployment("stuck", "deployment", 1, pod -> {})
                .deployment("vault", "deployment", 1, pod -> {})
                .podSecurity("vault", PodSecurity.BASELINE)
                .image("registry.corp/none:1", SimulatedImage.UNAVAILABLE)
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "daemonset"})
    void capture_ofAllPods_isCompleteAndLeavesNothing(String kind) throws Exception {
        Object before = template(kind);
        try (CaptureSession session =
                session(KubernetesMethods.using(client), kind).start()) {
            List<String> pods = SimulatedClusters.podsWithSidecar(client, kind);
            assertThat(pods).hasSize(2);
            assertThat(revisionsWithSidecar()).isEqualTo(1);
            for (String pod : pods) {
                new NumberedDatagrams(cluster.pod("shop", pod), "eth0").send(10);
            }
            CaptureResult result = session.stop().requireComplete();
            assertThat(SimulatedClusters.frames(result)).hasSize(20);
            assertThat(result.warnings()).isEmpty();
        }
        assertAsBefore(kind, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "daemonset"})
    void image_thatCannotBePulled_isToldAndAllPodsLiveAsBefore(String kind) {
        Object before = template(kind);
        KubernetesMethods methods =
                KubernetesMethods.builder(client).image("registry.corp/none:1").build();
        assertThat(catchThrowableOfType(CaptureException.class, session(methods, kind)::start))
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason)
                .hasMessageContaining("registry.corp/none:1")
                .hasNoSuppressedExceptions();
        assertAsBefore(kind, before);
    }

    @Test
    void container_takenOutByAnOperator_isToldInWords() {
        Object before = template("stuck", "deployment");
        // With this its roll-outs have no end, so the operator comes in time.
        patch(
                "stuck",
                "deployment",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"command\":[\"false\"]}]}}}}");
        try (CaptureSession session = CaptureSession.builder()
                .target(Target.parse("deployment/deployment", "stuck"))
                .via(KubernetesMethods.using(client).sidecar())
                .writeTo(directory.resolve("stuck.pcapng"))
                .build()) {
            CompletableFuture<CaptureSession> start = session.startAsync();
            Awaitility.await("the template has the container")
                    .until(() -> template("stuck", "deployment").toString().contains("podcapture-spool"));
            patch(
                    "stuck",
                    "deployment",
                    "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"$patch\":\"delete\",\"name\":\"podcapture\"},"
                            + "{\"name\":\"app\",\"command\":null}],\"volumes\":[{\"$patch\":\"delete\",\"name\":\"podcapture-spool\"}]}}}}");
            assertThat(catchThrowableOfType(CompletionException.class, start::join)
                            .getCause())
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("somebody else took container podcapture out of the template");
        }
        assertThat(template("stuck", "deployment")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "deployment  | 'paused':true                                     | its roll-out is paused",
                "statefulset | 'updateStrategy':{'type':'OnDelete'}              | update strategy is OnDelete",
                "statefulset | 'updateStrategy':{'rollingUpdate':{'partition':1}} | partitioned at 1",
                "daemonset   | 'updateStrategy':{'type':'OnDelete'}              | update strategy is OnDelete"
            })
    void rollOut_thatWouldNotReachThePods_isRefusedWithWords(String kind, String how, String words) {
        String before = "{\"spec\":{\"paused\":null,\"updateStrategy\":{\"type\":\"RollingUpdate\","
                + "\"rollingUpdate\":{\"partition\":null}}}}";
        patch(kind, "{\"spec\":{" + how.replace('\'', '"') + "}}");
        try {
            assertThat(catchThrowableOfType(
                            CaptureException.class, session(KubernetesMethods.using(client), kind)::start))
                    .returns(FailureReason.UNSUPPORTED, CaptureException::reason)
                    .hasMessageContaining(words);
        } finally {
            patch(kind, kind.equals("deployment") ? "{\"spec\":{\"paused\":null}}" : before);
        }
    }

    @Test
    void start_whereItsPodsAreNotAdmitted_isDeniedBeforeAnythingChanges() {
        patch("vault", "deployment", "{\"spec\":{\"template\":{\"spec\":{\"hostNetwork\":true}}}}");
        Long generation = workload("vault", "deployment").get().getMetadata().getGeneration();
        assertThat(catchThrowableOfType(
                        CaptureException.class,
                        CaptureSession.builder()
                                .target(Target.parse("deployment/deployment", "vault"))
                                .via(KubernetesMethods.using(client).sidecar())
                                .writeTo(directory.resolve("vault.pcapng"))::start))
                .returns(FailureReason.POLICY_DENIED, CaptureException::reason)
                .hasMessageContaining("violates PodSecurity");
        assertThat(workload("vault", "deployment").get().getMetadata().getGeneration())
                .isEqualTo(generation);
        assertThat(workload("vault", "deployment").get().toString()).doesNotContain("podcapture");
    }

    private void assertAsBefore(String kind, Object before) {
        assertThat(template(kind)).isEqualTo(before);
        assertThat(workload("shop", kind).get().getMetadata().getLabels()).isNullOrEmpty();
        Awaitility.await("all pods ready and without our container")
                .untilAsserted(() -> assertThat(pods(kind)).hasSize(2).allSatisfy(pod -> {
                    assertThat(Readiness.isPodReady(pod)).isTrue();
                    assertThat(pod.getSpec().getContainers()).hasSize(1);
                }));
        assertThat(revisionsWithSidecar()).isZero();
    }

    private static List<Pod> pods(String kind) {
        return client.pods().inNamespace("shop").withLabel("app", kind).list().getItems();
    }

    private static long revisionsWithSidecar() {
        long sets = client.apps().replicaSets().inNamespace("shop").list().getItems().stream()
                .filter(set -> set.getSpec().getTemplate().getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getName().equals("podcapture-spool")))
                .count();
        long revisions = client.apps().controllerRevisions().inNamespace("shop").list().getItems().stream()
                .filter(revision -> client.getKubernetesSerialization()
                        .asJson(revision.getData())
                        .contains("\"podcapture-spool\""))
                .count();
        return sets + revisions;
    }

    private static Object template(String kind) {
        return template("shop", kind);
    }

    private static Object template(String namespace, String kind) {
        return workload(namespace, kind).get().get("spec", "template");
    }

    private static void patch(String kind, String json) {
        patch("shop", kind, json);
    }

    private static void patch(String namespace, String kind, String json) {
        workload(namespace, kind).patch(MERGE, json);
    }

    private static Resource<GenericKubernetesResource> workload(String namespace, String kind) {
        return client.genericKubernetesResources(
                        WorkloadKind.of(kind).orElseThrow().definition())
                .inNamespace(namespace)
                .withName(kind);
    }

    private CaptureSession.Builder session(KubernetesMethods methods, String kind) {
        return CaptureSession.builder()
                .target(Target.parse(kind + "/" + kind, "shop"))
                .via(methods.sidecar())
                .interfaces("eth0")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
    }
}
