package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.List;
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

    @Test
    void state_helperEndedAtOnceWithoutCommand_isToolMissing() {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> helper().state(helperPod(
                        ended(128, "StartError", "exec: \"sh\": executable file not found in $PATH: unknown"))));
        assertThat(thrown)
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("helper pod demo/web ended at once with status 128")
                .hasMessageContaining("executable file not found")
                .hasMessageContaining("image registry/tools:1 must have a shell and tcpdump");
    }

    @Test
    void state_helperFailedWithItsPod_tellsOfTheContainerFirst() {
        // A pod that restarts nothing has failed when its container has ended.
        PodView failed = new PodView(Pods.running("web")
                .editStatus()
                .withPhase("Failed")
                .withContainerStatuses(ended(1, "Error", ""))
                .endStatus()
                .build());
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> helper().state(failed));
        assertThat(thrown)
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("ended at once with status 1: Error");
    }

    @Test
    void state_helperUnschedulable_isWaitedForWithTheWords() {
        PodView pending = new PodView(Pods.running("web")
                .editStatus()
                .withPhase("Pending")
                .withContainerStatuses()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/2 nodes are available: 2 Insufficient cpu.")
                .endCondition()
                .endStatus()
                .build());
        assertThat(helper().state(pending)).hasValue("Unschedulable: 0/2 nodes are available: 2 Insufficient cpu.");
    }

    @Test
    void state_helperScheduledButNotToldYet_isNothing() {
        PodView pending = new PodView(Pods.running("web")
                .editStatus()
                .withPhase("Pending")
                .withContainerStatuses()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());
        assertThat(helper().state(pending)).isEmpty();
    }

    @Test
    void state_helperEvicted_isProcessFailedWithTheReason() {
        PodView evicted = new PodView(Pods.running("web")
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: memory.")
                .withContainerStatuses()
                .endStatus()
                .build());
        CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> helper().state(evicted));
        assertThat(thrown)
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("demo/web")
                .hasMessageContaining("Evicted: The node was low on resource: memory.");
    }

    @Test
    void state_helperDeletedOrMadeAnew_isProcessFailed() {
        for (PodView pod : List.of(
                new PodView(Pods.deleted("web")),
                new PodView(Pods.running("web")
                        .editMetadata()
                        .withUid("another")
                        .endMetadata()
                        .build()))) {
            CaptureException thrown = catchThrowableOfType(CaptureException.class, () -> helper().state(pod));
            assertThat(thrown.reason()).isEqualTo(FailureReason.PROCESS_FAILED);
        }
    }

    @Test
    void state_helperRuns_isEmptyText() {
        assertThat(helper().state(helperPod(Pods.runs(OURS)))).hasValue("");
    }

    @Test
    void state_helperImageMissing_isImageUnavailableWithoutRemark() {
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> helper().state(helperPod(Pods.waits(OURS, "ErrImagePull", "no such host"))));
        assertThat(thrown)
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason)
                .hasMessageContaining("helper pod demo/web")
                .message()
                .doesNotContain("its entry stays");
    }

    private ContainerStart helper() {
        return ContainerStart.ofHelper(
                new Cluster(client, ""), new PodName("demo", "web"), "uid-web", OURS, "registry/tools:1");
    }

    private static PodView helperPod(ContainerStatus status) {
        return new PodView(Pods.running("web")
                .editStatus()
                .withContainerStatuses(status)
                .endStatus()
                .build());
    }

    private static ContainerStatus ended(int status, String reason, String message) {
        return new ContainerStatusBuilder()
                .withName(OURS)
                .withNewState()
                .withNewTerminated()
                .withExitCode(status)
                .withReason(reason)
                .withMessage(message)
                .endTerminated()
                .endState()
                .build();
    }

    private static PodView view(ContainerStatus status) {
        return new PodView(Pods.running("web")
                .editStatus()
                .addToEphemeralContainerStatuses(status)
                .endStatus()
                .build());
    }
}
