package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which method captures which pod, and in which words each one refuses that it cannot. */
@OnCluster
class PodKindsIT {
    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withNamespace(Map.of());
        InputStream yaml = Objects.requireNonNull(PodKindsIT.class.getResourceAsStream("kinds.yaml"));
        cluster.client().load(yaml).inNamespace(cluster.namespace()).create();
        cluster.awaitReady("non-root", "read-only", "no-shell", "busybox-only", "host-network");
    }

    @AfterAll
    static void removePods() {
        cluster.close();
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
                .target(Targets.pod(cluster.namespace(), pod))
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
        System.out.println(method + " on " + pod + ": " + thrown.getMessage());
    }

    private static MethodChoice choice(String method) {
        KubernetesMethods methods = Way.methods(cluster.client()).build();
        return switch (method) {
            case "exec" -> methods.exec();
            case "ephemeral" -> methods.ephemeral();
            default -> Way.byMethod(method).choice(cluster.client());
        };
    }
}
