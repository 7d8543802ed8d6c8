package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedEphemeralTest {
    @TempDir
    Path directory;

    private SimulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "cart", 3, pod -> pod.container("app", SimulatedImage.NO_SHELL))
                .statefulSet("shop", "db", 2, pod -> {})
                .daemonSet("shop", "agent", pod -> {})
                .pod("shop", "stray", pod -> pod.label("app", "cart"))
                .image("registry.corp/none:1", SimulatedImage.UNAVAILABLE)
                .image("registry.corp/bare:1", SimulatedImage.NO_SHELL)
                .image("registry.corp/shell:1", SimulatedImage.SHELL)
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_ofDeployment_isOfItsPodsOnBothNodes() throws Exception {
        CaptureResult result;
        try (CaptureSession session =
                capture(Targets.deployment("shop", "cart")).start()) {
            for (int i = 0; i < 3; i++) {
                new NumberedDatagrams(cluster.pod("shop", "cart-5d8f-" + i), "eth0").send(10);
            }
            result = session.stop().requireComplete();
        }
        assertThat(SimulatedClusters.frames(result)).hasSize(30);
        assertThat(result.points())
                .extracting(PointResult::point)
                .extracting(CapturePoint::name)
                .containsExactly("shop/cart-5d8f-0", "shop/cart-5d8f-1", "shop/cart-5d8f-2");
        assertThat(result.points())
                .extracting(point -> point.point().attributes().get("node"))
                .containsExactly("a", "b", "a");
    }

    @Test
    void targets_ofOtherWorkloads_areTheirPods() throws Exception {
        assertThat(names(Target.parse("statefulset/db", "shop"))).containsExactly("shop/db-0", "shop/db-1");
        assertThat(names(Target.parse("daemonset/agent", "shop"))).containsExactly("shop/agent-a", "shop/agent-b");
        assertThat(names(Targets.pods("shop", "app=cart"))).hasSize(4);
    }

    @Test
    void capture_atItsEnd_leavesAnEndedContainer() throws Exception {
        try (CaptureSession session = capture(Targets.pod("shop", "db-0")).start()) {
            session.stop().requireComplete();
        }
        Awaitility.await("the kubelet tells of the end")
                .atMost(10, TimeUnit.SECONDS)
                .until(
                        () -> client
                                .pods()
                                .inNamespace("shop")
                                .withName("db-0")
                                .get()
                                .getStatus()
                                .getEphemeralContainerStatuses()
                                .stream()
                                .map(ContainerStatus::getState)
                                .map(ContainerState::getTerminated)
                                .anyMatch(ended -> ended != null && ended.getExitCode() == 0));
    }

    @Test
    void start_imageThatCannotBePulled_isUnavailable() {
        assertThat(failure("registry.corp/none:1"))
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason)
                .hasMessageContaining("registry.corp/none:1");
    }

    @Test
    void start_imageWithoutShellOrTcpdump_lacksTheTool() {
        assertThat(failure("registry.corp/bare:1")).returns(FailureReason.TOOL_MISSING, CaptureException::reason);
        assertThat(failure("registry.corp/shell:1")).returns(FailureReason.TOOL_MISSING, CaptureException::reason);
    }

    @Test
    void pod_deletedWhileCaptured_isToldByTheWatch() throws Exception {
        try (CaptureSession session = capture(Targets.pod("shop", "db-0")).start()) {
            new NumberedDatagrams(cluster.pod("shop", "db-0"), "eth0").send(1);
            cluster.deletePod("shop", "db-0");
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).isNotEqualTo(Outcome.COMPLETE);
            assertThat(result.points().get(0).explanation()).contains("pod shop/db-0 was deleted");
        }
    }

    @Test
    void pod_evictedWhileCaptured_isToldWithTheReason() throws Exception {
        try (CaptureSession session = capture(Targets.pod("shop", "db-1")).start()) {
            cluster.evictPod("shop", "db-1", "The node was low on resource: memory.");
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.points().get(0).explanation())
                    .contains("pod shop/db-1 ended with phase Failed (Evicted: The node was low on resource: memory.)");
        }
    }

    private List<String> names(Target target) throws Exception {
        return KubernetesMethods.using(client).resolver().resolve(target).stream()
                .map(CapturePoint::name)
                .toList();
    }

    private CaptureSession.Builder capture(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(KubernetesMethods.ephemeral(client))
                .writeTo(directory.resolve("cart.pcapng"));
    }

    private CaptureException failure(String image) {
        return catchThrowableOfType(
                CaptureException.class,
                CaptureSession.builder()
                        .target(Targets.pod("shop", "db-1"))
                        .via(KubernetesMethods.builder(client)
                                .image(image)
                                .build()
                                .ephemeral())
                        .writeTo(directory.resolve("cart.pcapng"))::start);
    }
}
