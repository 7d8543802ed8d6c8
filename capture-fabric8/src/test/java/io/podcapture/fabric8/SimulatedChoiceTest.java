package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.PodSecurity;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedChoiceTest {
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .pod("shop", "web", pod -> pod.container("web", SimulatedImage.NO_SHELL))
                .pod("bank", "pay")
                .podSecurity("bank", PodSecurity.BASELINE)
                .pod("vault", "key")
                .podSecurity("vault", PodSecurity.RESTRICTED)
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void auto_takesExecWhereThereIsATool_elseAnEphemeralContainer() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.namespace("shop"))
                .via(KubernetesMethods.auto(client))
                .writeTo(directory.resolve("shop.pcapng"))
                .start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points())
                    .extracting(point ->
                            point.point().name() + " by " + point.method().orElse("none"))
                    .containsExactly("shop/cart by exec", "shop/web by ephemeral");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "ephemeral"})
    void plan_itsPermissions_areEnoughAndEachIsNeeded(String method) throws Exception {
        CapturePlan plan = capture(client, method).plan();
        List<Permission> permissions = plan.points().get(0).methods().get(0).permissions();
        try (KubernetesClient other = SimulatedClusters.client(cluster.kubeconfig("all", permissions));
                CaptureSession session = capture(other, method).start()) {
            session.stop().requireComplete();
        }
        for (Permission missing : permissions) {
            List<Permission> others = new ArrayList<>(permissions);
            others.remove(missing);
            try (KubernetesClient other = SimulatedClusters.client(cluster.kubeconfig("less", others))) {
                assertThat(catchThrowableOfType(CaptureException.class, capture(other, method)::start))
                        .as("without the right to %s", missing)
                        .returns(FailureReason.FORBIDDEN, CaptureException::reason);
            }
        }
    }

    @Test
    void ephemeral_whereBaselineIsEnforced_hasTheRuntimesDefaults() throws Exception {
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.pod("bank", "pay"))
                .via(KubernetesMethods.ephemeral(client))
                .writeTo(directory.resolve("pay.pcapng"))
                .start()) {
            session.stop().requireComplete();
        }
        assertThat(client.pods()
                        .inNamespace("bank")
                        .withName("pay")
                        .get()
                        .getSpec()
                        .getEphemeralContainers())
                .singleElement()
                .satisfies(
                        container -> assertThat(container.getSecurityContext().getCapabilities())
                                .isNull());
    }

    @Test
    void ephemeral_whereRestrictedIsEnforced_isDeniedInItsWords() {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                CaptureSession.builder()
                        .target(Targets.pod("vault", "key"))
                        .via(KubernetesMethods.ephemeral(client))
                        .writeTo(directory.resolve("key.pcapng"))::start);
        assertThat(thrown.reason()).isEqualTo(FailureReason.POLICY_DENIED);
        assertThat(thrown).hasMessageContaining("runAsNonRoot");
    }

    private CaptureSession.Builder capture(KubernetesClient by, String method) {
        KubernetesMethods methods = KubernetesMethods.using(by);
        return CaptureSession.builder()
                .target(Targets.pod("shop", "cart"))
                .via(method.equals("exec") ? methods.exec() : methods.ephemeral())
                .writeTo(directory.resolve("cart.pcapng"));
    }
}
