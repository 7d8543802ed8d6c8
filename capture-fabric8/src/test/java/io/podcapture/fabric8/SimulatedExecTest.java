package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.Permission;
import io.podcapture.Targets;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SimulatedExecTest {
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
                .pod("shop", "cart")
                .pod(
                        "shop",
                        "web",
                        pod -> pod.container("web", SimulatedImage.NO_SHELL)
                                .container("proxy", SimulatedImage.SHELL)
                                .container("tools", SimulatedImage.TOOLS))
                .pod("shop", "plain", pod -> pod.container("app", SimulatedImage.SHELL))
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_onEth0_isCompleteAndJustWhatWasSeen() throws Exception {
        NumberedDatagrams source = source("cart");
        CaptureResult result;
        try (CaptureSession session = capture("cart").interfaces("eth0").start()) {
            source.send(1000);
            result = session.stop().requireComplete();
        }
        assertThat(SimulatedClusters.frames(result)).containsExactlyElementsOf(source.sent());
    }

    @Test
    void capture_withFilterAndSnaplen_keepsWhatTheyTell() throws Exception {
        CaptureResult result;
        try (CaptureSession session = capture("cart")
                .interfaces("eth0")
                .filter("udp and greater 51")
                .snaplen(44)
                .start()) {
            source("cart").send(12);
            result = session.stop().requireComplete();
        }
        assertThat(SimulatedClusters.frames(result)).hasSize(2).allMatch(frame -> frame.length == 44);
    }

    @Test
    void capture_onAny_takesLoopbackOnce() throws Exception {
        CaptureResult result;
        NumberedDatagrams sent = new NumberedDatagrams(cluster.pod("shop", "cart"), "lo");
        try (CaptureSession session = capture("cart").start()) {
            sent.send(20);
            sent.receive();
            source("cart").send(5);
            result = session.stop().requireComplete();
        }
        assertThat(SimulatedClusters.frames(result)).hasSize(25);
    }

    @Test
    void capture_ofPodWithSeveralContainers_findsTheOneWithTcpdump() throws Exception {
        try (CaptureSession session = capture("web").start()) {
            source("web").send(3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(SimulatedClusters.frames(result)).hasSize(3);
        }
    }

    @Test
    void start_withoutTcpdump_saysSo() {
        assertThat(failure(capture("plain")))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("tcpdump: not found");
    }

    @Test
    void start_badFilter_isRejected() {
        assertThat(failure(capture("cart").filter("tcp prt 80")))
                .returns(FailureReason.FILTER_REJECTED, CaptureException::reason)
                .hasMessageContaining("syntax error");
    }

    @Test
    void start_missingPod_namesThoseThere() {
        assertThat(failure(capture("crat")))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining("cart");
    }

    @Test
    void start_withoutTheRightToExec_isForbidden() {
        Permission look = new Permission("kubernetes", "shop", "get", "pods");
        try (KubernetesClient other = SimulatedClusters.client(cluster.kubeconfig("ci", List.of(look)))) {
            CaptureSession.Builder builder = CaptureSession.builder()
                    .target(Targets.pod("shop", "cart"))
                    .via(KubernetesMethods.exec(other))
                    .writeTo(directory.resolve("cart.pcapng"));
            assertThat(failure(builder))
                    .returns(FailureReason.FORBIDDEN, CaptureException::reason)
                    .hasMessageContaining("User \"ci\" cannot get resource \"pods/exec\"");
        }
    }

    @Test
    void capture_whosePacketsNobodyReads_isLossyAndCounted() throws Exception {
        // A buffer of one block is full until its time is up, however fast the tool is.
        try (CaptureSession session =
                capture("cart").interfaces("eth0").kernelBuffer(4096).start()) {
            source("cart").send(20_000);
            CaptureResult result = session.stop();
            assertThat(result.outcome()).isEqualTo(Outcome.LOSSY);
            long dropped = result.points().get(0).statistics().droppedByKernel().orElseThrow();
            assertThat(SimulatedClusters.frames(result).size() + dropped).isEqualTo(20_000);
        }
    }

    private NumberedDatagrams source(String pod) {
        return new NumberedDatagrams(cluster.pod("shop", pod), "eth0");
    }

    private CaptureSession.Builder capture(String pod) {
        return CaptureSession.builder()
                .target(Targets.pod("shop", pod))
                .via(KubernetesMethods.exec(client))
                .writeTo(directory.resolve("cart.pcapng"));
    }

    private static CaptureException failure(CaptureSession.Builder builder) {
        return catchThrowableOfType(CaptureException.class, builder::start);
    }
}
