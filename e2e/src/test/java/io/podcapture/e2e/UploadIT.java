package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tcpdump that is sent into containers of many kinds captures there, or says why not, and is gone. */
@OnCluster
class UploadIT {
    // All mounts, for the file may have been in any of them.
    private static final String LOOK_FOR_FILES =
            "find / \\( -path /proc -o -path /sys \\) -prune -o -name '.podcapture-*' -print 2>/dev/null; true";

    private static TestCluster cluster;
    private static KubernetesMethods methods;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        Path tcpdump = StaticTcpdumpFile.get();
        cluster = TestCluster.withPods();
        cluster.client()
                .load(Objects.requireNonNull(UploadIT.class.getResourceAsStream("upload-pods.yaml")))
                .inNamespace(cluster.namespace())
                .create();
        cluster.awaitReady("web", "second", "read-only", "read-only-cache", "non-root");
        methods = KubernetesMethods.builder(cluster.client())
                .staticTcpdump("amd64", tcpdump)
                .build();
    }

    @AfterAll
    static void removePods() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void burst_thenStop_missesNothing(int repetition) throws Exception {
        assertBurstWhole("tools", "tools");
    }

    @Test
    void containerWithBusyboxOnly_isCaptured() throws Exception {
        try (CaptureSession session = session(on("web")).start()) {
            assertNoFile("web", "web", "sh");
            cluster.shell("tools", "tools").run(Traffic.REQUESTS, cluster.ip("web"), 0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/web"))
                    .containsExactlyElementsOf(Traffic.range(0, 100));
        }
        assertNoFile("web", "web", "sh");
    }

    @Test
    void podWithSeveralContainers_isCapturedInTheFirstWithShell() throws Exception {
        assertBurstWhole("second", "tools");
    }

    @Test
    void interfaces_several_areCapturedSideBySide() throws Exception {
        try (CaptureSession session =
                session(on("tools")).interfaces("lo", "eth0").start()) {
            cluster.shell("tools", "tools").run(Traffic.DATAGRAMS, 0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).hasSize(2);
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                    .containsExactlyElementsOf(Traffic.range(0, 100));
        }
        assertNoFile("tools", "tools", "bash");
    }

    @Test
    void containerWithoutShell_isRefused() {
        CaptureException thrown = failure(on("second").container("scratch"), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(thrown).hasMessageContaining("container scratch").hasMessageContaining("use ephemeral");
        assertThat(failure(on("scratch"), "").reason()).isEqualTo(FailureReason.TOOL_MISSING);
    }

    @Test
    void readOnlyRoot_withoutVolume_isRefusedWithTheDirectoriesTried() throws Exception {
        CaptureException thrown = failure(on("read-only"), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(thrown)
                .hasMessageContaining("/tmp (not writable), /dev/shm (programs may not run there)")
                .hasMessageContaining("the method ephemeral");
        assertNoFile("read-only", "tools", "bash");
    }

    @Test
    void readOnlyRoot_withEmptyDir_isCaptured() throws Exception {
        assertBurstWhole("read-only-cache", "tools");
    }

    @Test
    void nonRoot_isRefusedWithTheRightThatIsMissing() throws Exception {
        CaptureException thrown = failure(on("non-root"), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.PROCESS_FAILED);
        assertThat(thrown).hasMessageContaining("tcpdump lacks a right").hasMessageContaining("NET_RAW");
        assertNoFile("non-root", "tools", "bash");
    }

    @Test
    void filter_wrong_isRejectedAndLeavesNoFile() throws Exception {
        CaptureException thrown = failure(on("tools"), "port no-such-port");
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown)
                .hasMessageEndingWith("tcpdump rejected filter \"port no-such-port\": unknown port 'no-such-port'");
        assertNoFile("tools", "tools", "bash");
    }

    @Test
    void architecture_withoutTcpdump_isNamed() throws Exception {
        KubernetesMethods others = KubernetesMethods.builder(cluster.client())
                .staticTcpdump("riscv64", StaticTcpdumpFile.get())
                .build();
        CaptureSession session = CaptureSession.builder()
                .target(on("tools"))
                .via(others.upload())
                .writeTo(directory.resolve("x.pcapng"))
                .build();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(thrown).hasMessageContaining("amd64").hasMessageContaining("given are those for riscv64");
        assertNoFile("tools", "tools", "bash");
    }

    private void assertBurstWhole(String pod, String container) throws Exception {
        try (CaptureSession session = session(on(pod)).start()) {
            assertNoFile(pod, container, "bash");
            cluster.shell(pod, container).run(Traffic.DATAGRAMS, 0, 1000);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/" + pod))
                    .containsExactlyElementsOf(Traffic.range(0, 1000));
            assertThat(result.points())
                    .allSatisfy(point -> assertThat(point.point().attributes()).containsEntry("container", container));
            assertThat(result.leftovers()).isEmpty();
        }
        assertNoFile(pod, container, "bash");
    }

    private static void assertNoFile(String pod, String container, String shell) throws Exception {
        assertThat(new PodShell(cluster.client(), cluster.namespace(), pod, container, shell).run(LOOK_FOR_FILES))
                .isEmpty();
    }

    private static Target on(String pod) {
        return Targets.pod(cluster.namespace(), pod);
    }

    private CaptureSession.Builder session(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(methods.upload())
                .writeTo(directory.resolve("capture.pcapng"));
    }

    private CaptureException failure(Target target, String filter) {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class, session(target).filter(filter).build()::start);
        assertThat(directory).as("files of a start that failed").isEmptyDirectory();
        return thrown;
    }
}
