package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After {@code kill -9} of the JVM nothing of ours lives on in a pod. */
@OnCluster
class KillIT {
    private static final String OUR_PROCESSES =
            "for p in /proc/[0-9]*; do tr '\\0' ' ' 2>/dev/null < $p/cmdline | grep -q -e 'podcapture-[wm]' -e '^tcpdump'"
                    + " && grep -qv '^State:.Z' $p/status && echo $p; done; true";
    private static final String FLOOD =
            "head -c 30000000 /dev/zero | split -b 20000 --filter='cat > /dev/udp/127.0.0.1/9'";

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

    static Stream<Arguments> victims() {
        return Repetitions.all()
                .boxed()
                .flatMap(i -> Stream.of("exec", "ephemeral").flatMap(method -> Stream.of(false, true)
                        .map(blocked -> Arguments.of(method, blocked, i))));
    }

    static Stream<Integer> repetitions() {
        return Repetitions.all().boxed();
    }

    @ParameterizedTest
    @MethodSource("victims")
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds(String method, boolean blocked, int repetition)
            throws Exception {
        Process victim = start(method, blocked);
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            String session = out.readLine();
            assertThat(session).startsWith("session ");
            assertThat(out.readLine()).isEqualTo("ready");
            if (blocked) {
                cluster.shell("tools", "tools").run(FLOOD);
            }
            victim.destroyForcibly().waitFor();
            assertNothingLives(session.substring("session ".length()));
        }
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void kill_betweenPatchAndExec_leavesNothingAliveAfter30Seconds(int repetition) throws Exception {
        Process victim = start("ephemeral", false);
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            String session = out.readLine().substring("session ".length());
            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName("tools")
                    .waitUntilCondition(pod -> hasEntry(pod, session), 30, TimeUnit.SECONDS);
            victim.destroyForcibly().waitFor();
            assertNothingLives(session);
        }
    }

    private Process start(String method, boolean blocked) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CaptureVictim.class.getName(),
                        cluster.namespace(),
                        "tools",
                        method,
                        directory.resolve("victim.pcapng").toString(),
                        Boolean.toString(blocked))
                .redirectError(new File(directory.toFile(), "victim.err"))
                .start();
    }

    private static boolean hasEntry(Pod pod, String session) {
        return pod != null
                && pod.getSpec().getEphemeralContainers().stream()
                        .map(EphemeralContainer::getName)
                        .anyMatch(name -> name.contains(session));
    }

    private static void assertNothingLives(String session) {
        Awaitility.await("nothing of session " + session + " lives")
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    assertThat(cluster.shell("tools", "tools").run(OUR_PROCESSES)).isEmpty();
                    assertThat(running()).isEmpty();
                });
    }

    private static List<String> running() {
        return cluster.pod("tools").getStatus().getEphemeralContainerStatuses().stream()
                .filter(status -> status.getState().getRunning() != null || status.getState().getWaiting() != null)
                .map(ContainerStatus::getName)
                .toList();
    }
}
