package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which method captures which pod, and in which words each one refuses that it cannot. */
abstract class PodKindsScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the pods of kinds.yaml. */
    abstract Stage stage();

    /** Tells whoever reads the log of a run. */
    void tell(String words) {}

    /** Makes what is played with. */
    static void makePods(Stage stage) {
        stage.make("kinds.yaml");
        stage.awaitReady("non-root", "read-only", "no-shell", "busybox-only", "host-network");
    }

    @ParameterizedTest
    @CsvSource({
        "non-root, exec, PROCESS_FAILED: lacks a right",
        "non-root, ephemeral, captured",
        "non-root, upload, PROCESS_FAILED: lacks a right",
        "non-root, node, captured",
        "non-root, sidecar, UNSUPPORTED: use ephemeral",
        "non-root, pod, UNSUPPORTED: has a network of its own",
        "read-only, exec, captured",
        "read-only, ephemeral, captured",
        "read-only, node, captured",
        "no-shell, exec, TOOL_MISSING: executable file not found",
        "no-shell, ephemeral, captured",
        "no-shell, upload, TOOL_MISSING: shell",
        "no-shell, node, captured",
        "busybox-only, exec, TOOL_MISSING: no tcpdump",
        "busybox-only, ephemeral, captured",
        "busybox-only, upload, captured",
        "busybox-only, node, captured",
        "host-network, exec, captured",
        "host-network, ephemeral, captured",
        "host-network, upload, captured",
        "host-network, node, captured"
    })
    void pod_byMethod_isCapturedOrRefusedInWords(String pod, String method, String expected) {
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(Targets.pod(stage().namespace(), pod))
                .via(choice(method))
                .filter("udp port 9")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
        if (expected.equals("captured")) {
            try (CaptureSession session = builder.start()) {
                session.stop().requireComplete();
            }
            return;
        }
        CaptureException thrown = catchThrowableOfType(CaptureException.class, builder::start);
        assertThat(thrown).isNotNull();
        String[] reasonAndWords = expected.split(": ", 2);
        assertThat(thrown.reason().name()).isEqualTo(reasonAndWords[0]);
        assertThat(thrown).hasMessageContaining(reasonAndWords[1]).hasMessageContaining(pod);
        assertThat(thrown.getMessage()).doesNotContain("\n");
        tell(method + " on " + pod + ": " + thrown.getMessage());
    }

    private MethodChoice choice(String method) {
        KubernetesMethods methods = stage().methodsWithTcpdump(stage().client()).build();
        return switch (method) {
            case "exec" -> methods.exec();
            case "ephemeral" -> methods.ephemeral();
            default -> Way.byMethod(method).choice(methods);
        };
    }
}
