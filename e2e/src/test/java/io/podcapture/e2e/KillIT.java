package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After {@code kill -9} of the JVM nothing of ours lives on in a pod. */
@OnCluster
@Tag("waiting")
class KillIT {
    private static final String OUR_PROCESSES =
            "for p in /proc/[0-9]*; do tr '\\0' ' ' 2>/dev/null < $p/cmdline | grep -q -e 'podcapture-[wm]' -e '^tcpdump'"
                    + " && grep -qv '^State:.Z' $p/status && echo $p; done; true";

    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"exec, false", "exec, true", "ephemeral, false", "ephemeral, true"})
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds(String method, boolean blocked) throws Exception {
        List<Victim.Capture> all = Collections.nCopies(Repetitions.count(), new Victim.Capture("pod/tools", method));
        try (Victim victim = Victim.start(cluster, all, blocked, directory)) {
            victim.awaitReady();
            if (blocked) {
                cluster.shell("tools", "tools").run(Traffic.BIG_DATAGRAMS, 500);
            }
        }
        assertNothingLives();
    }

    // Each at another moment, so each in a JVM of its own.
    @Test
    void kill_betweenPatchAndExec_leavesNothingAliveAfter30Seconds() throws Exception {
        for (int i = 0; i < Repetitions.count(); i++) {
            try (Victim victim = Victim.start(cluster, "pod/tools", "ephemeral", false, directory)) {
                cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
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

    private static void assertNothingLives() {
        Awaitility.await("nothing of ours lives")
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    assertThat(cluster.shell("tools", "tools").run(OUR_PROCESSES))
                            .isEmpty();
                    assertThat(running()).isEmpty();
                });
    }

    private static List<String> running() {
        return cluster.pod("tools").getStatus().getEphemeralContainerStatuses().stream()
                .filter(status -> status.getState().getRunning() != null
                        || status.getState().getWaiting() != null)
                .map(ContainerStatus::getName)
                .toList();
    }
}
