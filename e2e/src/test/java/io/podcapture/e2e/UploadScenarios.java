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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tcpdump that is sent into containers of many kinds captures there, or says why not, and is gone. */
abstract class UploadScenarios {
    @TempDir
    private Path directory;

    private KubernetesMethods methods;
    private String session = "";

    /** Where it is played, with the pods of pods.yaml and of upload-pods.yaml. */
    abstract Stage stage();

    /** Returns the files that a session brought into a container and that are still there. */
    abstract String filesBrought(String session, String pod, String container, String shell) throws Exception;

    /** Makes what is played with besides. */
    static void makePods(Stage stage) {
        stage.make("upload-pods.yaml");
        stage.awaitReady("web", "second", "read-only", "read-only-cache", "non-root");
    }

    @BeforeEach
    void makeMethods() {
        methods = stage().methodsWithTcpdump(stage().client()).build();
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
        try (CaptureSession session = session(on("web"), "").start()) {
            assertNoFile("web", "web", "sh");
            stage().sender("tools", "tools").requests(stage().ip("web"), 0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/web"))
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
                built(builder(on("tools")).interfaces("lo", "eth0")).start()) {
            stage().sender("tools", "tools").datagrams(0, 100);
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).hasSize(2);
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/tools"))
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
        KubernetesMethods others = KubernetesMethods.builder(stage().client())
                .staticTcpdump("riscv64", Files.writeString(directory.resolve("tcpdump"), "for another machine"))
                .build();
        CaptureSession session = built(CaptureSession.builder()
                .target(on("tools"))
                .via(others.upload())
                .writeTo(directory.resolve("x.pcapng")));
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(thrown.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(thrown).hasMessageMatching("(?s).*runs on (amd64|arm64)\\b.*given are those for riscv64.*");
        assertNoFile("tools", "tools", "bash");
    }

    private void assertBurstWhole(String pod, String container) throws Exception {
        try (CaptureSession session = session(on(pod), "").start()) {
            assertNoFile(pod, container, "bash");
            stage().sender(pod, container).datagrams(0, 1000);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result).get(stage().namespace() + "/" + pod))
                    .containsExactlyElementsOf(Traffic.range(0, 1000));
            assertThat(result.points())
                    .allSatisfy(point -> assertThat(point.point().attributes()).containsEntry("container", container));
            assertThat(result.leftovers()).isEmpty();
        }
        assertNoFile(pod, container, "bash");
    }

    final void assertNoFile(String pod, String container, String shell) throws Exception {
        assertThat(filesBrought(session, pod, container, shell)).isEmpty();
    }

    final Target on(String pod) {
        return Targets.pod(stage().namespace(), pod);
    }

    private CaptureSession.Builder builder(Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(methods.upload())
                .writeTo(directory.resolve("capture.pcapng"));
    }

    private CaptureSession built(CaptureSession.Builder builder) {
        CaptureSession built = builder.build();
        session = built.id();
        return built;
    }

    private CaptureSession session(Target target, String filter) {
        return built(builder(target).filter(filter));
    }

    final CaptureException failure(Target target, String filter) {
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session(target, filter)::start);
        assertThat(directory).as("files of a start that failed").isEmptyDirectory();
        return thrown;
    }
}
