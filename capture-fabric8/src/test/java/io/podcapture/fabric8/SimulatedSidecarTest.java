package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.PointResult;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sidecar does to a deployment, and what not. */
class SimulatedSidecarTest {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final Target CART = Targets.deployment("shop", "cart");

    @TempDir
    private Path directory;

    private SimulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "cart", 2, pod -> pod.container("app", SimulatedImage.NO_SHELL))
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_ofBothPods_isCompleteAndTheDeploymentIsAsBefore() throws Exception {
        Deployment before = cart();
        CaptureResult result;
        List<byte[]> sent = new ArrayList<>();
        try (CaptureSession session = session(client).start()) {
            List<String> pods = SimulatedClusters.podsWithSidecar(client, "cart");
            assertThat(pods).containsExactly("cart-5d90-0", "cart-5d90-1");
            for (String pod : pods) {
                NumberedDatagrams source = new NumberedDatagrams(cluster.pod("shop", pod), "eth0");
                source.send(10);
                sent.addAll(source.sent());
            }
            result = session.stop().requireComplete();
        }
        assertThat(SimulatedClusters.frames(result)).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(result.points())
                .extracting(PointResult::point)
                .extracting(point -> point.name() + " on " + point.attributes().get("node"))
                .containsExactly("shop/cart-5d90-0 on a", "shop/cart-5d90-1 on b");
        assertThat(result.warnings()).isEmpty();
        assertThat(result.leftovers()).isEmpty();
        assertAsBefore(before, before);
        assertThat(revision()).isEqualTo("3");
        assertThat(client.pods().inNamespace("shop").list().getItems())
                .extracting((Pod pod) -> pod.getMetadata().getName())
                .containsExactlyInAnyOrder("cart-5d8f-2", "cart-5d8f-3");
    }

    @Test
    void deployment_changedByOthersMeanwhile_keepsWhatTheyChanged() throws Exception {
        Deployment before = cart();
        try (CaptureSession session = session(client).start()) {
            apply("kubectl", "\"metadata\":{\"labels\":{\"team\":\"checkout\"}},\"spec\":{\"minReadySeconds\":0}");
            patch("{\"spec\":{\"revisionHistoryLimit\":7}}");
            session.stop().requireComplete();
        }
        assertAsBefore(
                before,
                new DeploymentBuilder(before)
                        .editMetadata()
                        .addToLabels("team", "checkout")
                        .endMetadata()
                        .editSpec()
                        .withMinReadySeconds(0)
                        .withRevisionHistoryLimit(7)
                        .endSpec()
                        .build());
    }

    @Test
    void deployment_rolledOutByOthersMeanwhile_endsTheCaptureAndKeepsTheirLabel() throws Exception {
        Deployment before = cart();
        try (CaptureSession session = session(client).start()) {
            patch("{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"tier\":\"new\"}}}}}");
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS);
            assertThat(result.points()).hasSize(2).allSatisfy(point -> {
                assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE);
                assertThat(point.reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
                assertThat(point.explanation()).contains("was deleted while it was captured");
            });
        }
        assertAsBefore(
                before,
                new DeploymentBuilder(before)
                        .editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToLabels("tier", "new")
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build());
    }

    @Test
    void sessions_twoOnOneDeployment_rollOutOnceAndTheLastTakesItOut() throws Exception {
        Deployment before = cart();
        try (CaptureSession first = session(client).start();
                CaptureSession second = session(client).start()) {
            first.stop().requireComplete();
            assertThat(SimulatedClusters.podsWithSidecar(client, "cart")).hasSize(2);
            second.stop().requireComplete();
        }
        assertAsBefore(before, before);
        assertThat(revision()).isEqualTo("3");
    }

    @Test
    void nativeSidecar_captures_andIsAnInitContainer() throws Exception {
        KubernetesMethods methods =
                KubernetesMethods.builder(client).nativeSidecar().build();
        try (CaptureSession session = builder().via(methods.sidecar()).start()) {
            String pod = SimulatedClusters.podsWithSidecar(client, "cart").get(0);
            assertThat(client.pods()
                            .inNamespace("shop")
                            .withName(pod)
                            .get()
                            .getSpec()
                            .getInitContainers())
                    .extracting(Container::getName)
                    .containsExactly("podcapture");
            new NumberedDatagrams(cluster.pod("shop", pod), "eth0").send(3);
            assertThat(SimulatedClusters.frames(session.stop().requireComplete()))
                    .hasSize(3);
        }
    }

    @Test
    void plan_itsPermissions_areEnough() throws Exception {
        CapturePlan plan = session(client).plan();
        assertThat(plan.points()).hasSize(2);
        List<Permission> permissions = plan.points().get(0).methods().get(0).permissions();
        try (KubernetesClient other = SimulatedClusters.client(cluster.kubeconfig("ci", permissions));
                CaptureSession session = session(other).start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Test
    void leftovers_ofAKilledSession_areFoundAndRemoved() throws Exception {
        Deployment before = cart();
        apply("podcapture-dead", "\"metadata\":{\"labels\":{\"podcapture.io/session-dead\":\"1\"}}");
        apply(
                "podcapture",
                "\"metadata\":{\"labels\":{\"podcapture.io/sidecar\":\"true\"}},\"spec\":{\"template\":{\"spec\":"
                        + "{\"containers\":[{\"name\":\"podcapture\",\"image\":\"tools:1\"}]}}}");
        Leftovers leftovers = Leftovers.find(client, "shop");
        assertThat(leftovers.all())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.what()).contains("deployment shop/cart"));
        assertThat(leftovers.remove()).isEmpty();
        assertThat(cart().getSpec()).isEqualTo(before.getSpec());
        assertThat(cart().getMetadata().getLabels()).isEmpty();
    }

    private void assertAsBefore(Deployment before, Deployment expected) {
        Deployment after = cart();
        assertThat(after.getSpec()).isEqualTo(expected.getSpec());
        assertThat(after.getMetadata().getLabels())
                .isEqualTo(expected.getMetadata().getLabels());
        assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
        assertThat(after.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .noneMatch(manager -> manager.startsWith("podcapture"));
        assertThat(client.apps().replicaSets().inNamespace("shop").list().getItems())
                .noneMatch(set -> set.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals("podcapture")));
    }

    private CaptureSession.Builder session(KubernetesClient by) {
        return builder().via(KubernetesMethods.using(by).sidecar());
    }

    private CaptureSession.Builder builder() {
        return CaptureSession.builder()
                .target(CART)
                .interfaces("eth0")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
    }

    private void apply(String manager, String fields) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("cart")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .build(),
                        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"," + fields + "}");
    }

    private void patch(String json) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("cart")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json);
    }

    private Deployment cart() {
        return client.apps().deployments().inNamespace("shop").withName("cart").get();
    }

    private String revision() {
        return cart().getMetadata().getAnnotations().get(REVISION);
    }
}
