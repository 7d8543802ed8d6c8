package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.Targets;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.cluster.Fault;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedUploadTest {
    private static SimulatedCluster cluster;
    private static KubernetesClient client;
    private static KubernetesMethods methods;

    @TempDir
    Path directory;

    @RegisterExtension
    final NothingLeftBehind nothing =
            NothingLeftBehind.check().cluster(() -> cluster).directory(() -> directory);

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "plain", pod -> pod.container("app", SimulatedImage.SHELL))
                .pod("shop", "bare", pod -> pod.container("app", SimulatedImage.NO_SHELL))
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
        methods = SimulatedClusters.uploads(cluster, client);
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_inAContainerWithoutTcpdump_isCompleteAndNoFileIsLeft() throws Exception {
        NumberedDatagrams source = new NumberedDatagrams(cluster.pod("shop", "plain"), "eth0");
        try (CaptureSession session = capture("plain", methods.upload()).start()) {
            assertThat(uploads(session)).as("gone while it runs").isEmpty();
            source.send(500);
            CaptureResult result = session.stop().requireComplete();
            assertThat(SimulatedClusters.frames(result)).containsExactlyElementsOf(source.sent());
            assertThat(result.leftovers()).isEmpty();
        }
    }

    @Test
    void capture_brokenOff_isTruncatedAndNoFileIsLeft() throws Exception {
        // In the second record: behind the header of the file, a record of 50 octets and its header.
        cluster.pod("shop", "plain").fault(new Fault.Reset(24 + 16 + 50 + 30));
        try (CaptureSession session = capture("plain", methods.upload()).start()) {
            new NumberedDatagrams(cluster.pod("shop", "plain"), "eth0").send(5);
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(SimulatedClusters.frames(result)).hasSize(1);
            assertThat(uploads(session)).isEmpty();
        }
    }

    @Test
    void start_withoutAShell_saysWhatIsMissing() {
        assertThat(catchThrowableOfType(CaptureException.class, capture("bare", methods.upload())::start))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("shop/bare");
    }

    @Test
    void start_onAMachineForWhichNoneWasGiven_namesItsArchitecture() throws Exception {
        String here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String other = here.equals("amd64") ? "arm64" : "amd64";
        KubernetesMethods methods = KubernetesMethods.builder(client)
                .staticTcpdump(other, cluster.staticTcpdump(other))
                .build();
        assertThat(catchThrowableOfType(CaptureException.class, capture("plain", methods.upload())::start))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("runs on " + here)
                .hasMessageContaining("given are those for " + other);
    }

    private CaptureSession.Builder capture(String pod, MethodChoice via) {
        return CaptureSession.builder()
                .target(Targets.pod("shop", pod))
                .via(via)
                .interfaces("eth0")
                .writeTo(directory.resolve("capture.pcapng"));
    }

    /** Returns the files of a session in the directories that are tried first; they are this machine's. */
    private static List<Path> uploads(CaptureSession session) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : List.of("/tmp", "/dev/shm", "/var/tmp")) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(Path.of(directory), ".podcapture-" + session.id() + "-*")) {
                files.forEach(found::add);
            } catch (NoSuchFileException e) {
                // Not every machine has all of them.
            }
        }
        return found;
    }
}
