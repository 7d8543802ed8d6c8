package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After {@code kill -9} of the JVM nothing of ours lives on in a pod. */
abstract class KillScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the pods of pods.yaml. */
    abstract Stage stage();

    /** Returns what runs of ours in pod tools, a line each. */
    abstract String ourProcesses() throws Exception;

    /** A method, and whether its sinks block. */
    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("exec", false),
                Arguments.of("exec", true),
                Arguments.of("ephemeral", false),
                Arguments.of("ephemeral", true));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds(String method, boolean blocked) throws Exception {
        List<Victim.Capture> all = Collections.nCopies(Repetitions.count(), new Victim.Capture("pod/tools", method));
        try (Victim victim = Victim.start(stage(), all, blocked, directory)) {
            victim.awaitReady();
            if (method.equals("exec")) {
                assertThat(ourProcesses()).as("of what runs, something is seen").isNotEmpty();
            }
            if (blocked) {
                stage().sender("tools", "tools").bigDatagrams(500);
            }
        }
        assertNothingLives();
    }

    // Each at another moment, so each in a JVM of its own.
    @LongWait
    @Test
    void kill_betweenPatchAndExec_leavesNothingAliveAfter30Seconds() throws Exception {
        for (int i = 0; i < Repetitions.count(); i++) {
            try (Victim victim = Victim.start(stage(), "pod/tools", "ephemeral", false, directory)) {
                stage().client()
                        .pods()
                        .inNamespace(stage().namespace())
                        .withName("tools")
                        .waitUntilCondition(pod -> hasEntry(pod, victim.session()), 30, TimeUnit.SECONDS);
            }
        }
        assertNothingLives();
    }

    private static boolean hasEntry(Pod pod, String session) {
        return pod != null
                && pod.getSpec().getEphemeralContainers().stream()
                        .map(EphemeralContainer::getName)
                        .anyMatch(name -> name.contains(session));
    }

    private void assertNothingLives() {
        Awaitility.await("nothing of ours lives")
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> {
                    assertThat(ourProcesses()).isEmpty();
                    assertThat(running()).isEmpty();
                });
    }

    private List<String> running() {
        return stage().pod("tools").getStatus().getEphemeralContainerStatuses().stream()
                .filter(status -> status.getState().getRunning() != null
                        || status.getState().getWaiting() != null)
                .map(ContainerStatus::getName)
                .toList();
    }
}
