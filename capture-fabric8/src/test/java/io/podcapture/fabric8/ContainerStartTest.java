package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerStartTest {
    private static final String OURS = "podcapture-abc";

    private final KubernetesClient client = Http.JDK.client("http://127.0.0.1:1/");
    private final ContainerStart start = ContainerStart.ofEphemeral(
            new Cluster(client, ""), view(Pods.runs("app")).point("", Optional.empty()), OURS, "registry/tools:1");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void state_running_isEmptyText() {
        assertThat(start.state(view(Pods.runs(OURS)))).hasValue("");
    }

    @Test
    void state_notToldYet_isNothing() {
        assertThat(start.state(view(Pods.runs("podcapture-other")))).isEmpty();
    }

    @Test
    void state_creating_isWaitedFor() {
        assertThat(start.state(view(Pods.waits(OURS, "ContainerCreating", "")))).hasValue("ContainerCreating");
    }

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull, no such host, IMAGE_UNAVAILABLE",
        "ImagePullBackOff, back-off, IMAGE_UNAVAILABLE",
        "ErrImageNeverPull, not present, IMAGE_UNAVAILABLE",
        "InvalidImageName, cannot parse, IMAGE_UNAVAILABLE",
        "CreateContainerConfigError, runs as root, PROCESS_FAILED",
        "RunContainerError, exec: sh: executable file not found in $PATH, TOOL_MISSING"
    })
    void state_hopeless_failsAtOnceWithTheKubeletsWords(String reason, String message, FailureReason expected) {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class, () -> start.state(view(Pods.waits(OURS, reason, message))));
        assertThat(thrown)
                .returns(expected, CaptureException::reason)
                .hasMessageContaining(reason)
                .hasMessageContaining(message)
                .hasMessageContaining("ephemeral container podcapture-abc in pod demo/web")
                .hasMessageContaining("its entry stays");
    }

    @Test
    void state_ended_fails() {
        ContainerStatus ended = new ContainerStatusBuilder()
                .withName(OURS)
                .withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endState()
                .build();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> start.state(view(ended)));
        assertThat(thrown)
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("status 137")
                .hasMessageContaining("OOMKilled");
    }

    @Test
    void state_podIsDeleted_fails() {
        CaptureException thrown =
                catchThrowableOfType(CaptureException.class, () -> start.state(new PodView(Pods.deleted("web"))));
        assertThat(thrown.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    private static PodView view(ContainerStatus status) {
        return new PodView(Pods.running("web")
                .editStatus()
                .addToEphemeralContainerStatuses(status)
                .endStatus()
                .build());
    }
}
