package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.cluster.PodSecurity;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SimulatedPodTest {
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path directory;

    @RegisterExtension
    final NothingLeftBehind nothing =
            NothingLeftBehind.check().cluster(() -> cluster).directory(() -> directory);

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .pod("default", "idle")
                .pod("shop", "cart")
                .podSecurity("shop", PodSecurity.RESTRICTED)
                .image("registry.corp/none:1", SimulatedImage.UNAVAILABLE)
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_ofNode_isByAPodInItsNetwork() throws Exception {
        NumberedDatagrams source = new NumberedDatagrams(cluster.node("b")::see, "eth0");
        try (CaptureSession session = capture(KubernetesMethods.using(client), Targets.node("b"))
                .interfaces("eth0")
                .start()) {
            source.send(10);
            new NumberedDatagrams(cluster.node("a")::see, "eth0").send(7);
            CaptureResult result = session.stop().requireComplete();
            assertThat(SimulatedClusters.frames(result)).containsExactlyElementsOf(source.sent());
        }
    }

    @Test
    void capture_inAPodOfItsOwn_seesThatPodsNetwork() throws Exception {
        try (CaptureSession session = capture(KubernetesMethods.using(client), Target.parse("debugpod/lab", "default"))
                .interfaces("eth0")
                .start()) {
            NumberedDatagrams source = new NumberedDatagrams(cluster.pod("default", "lab"), "eth0");
            source.send(10);
            assertThat(SimulatedClusters.frames(session.stop().requireComplete()))
                    .containsExactlyElementsOf(source.sent());
        }
    }

    @Test
    void start_whereItIsNotAdmitted_isDenied() {
        assertThat(failure(KubernetesMethods.using(client), Target.parse("debugpod/lab", "shop")))
                .returns(FailureReason.POLICY_DENIED, CaptureException::reason)
                .hasMessageContaining("runAsNonRoot != true");
    }

    @Test
    void start_whereTheNameIsTakenOrTheImageMissing_saysSo() {
        assertThat(failure(KubernetesMethods.using(client), Target.parse("debugpod/idle", "default")))
                .hasMessageContaining("pods \"idle\" already exists");
        KubernetesMethods methods =
                KubernetesMethods.builder(client).image("registry.corp/none:1").build();
        assertThat(failure(methods, Targets.node("a")))
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason);
    }

    private CaptureException failure(KubernetesMethods methods, Target target) {
        return catchThrowableOfType(CaptureException.class, capture(methods, target)::start);
    }

    private CaptureSession.Builder capture(KubernetesMethods methods, Target target) {
        return CaptureSession.builder().target(target).via(methods.pod()).writeTo(directory.resolve("pod.pcapng"));
    }
}
