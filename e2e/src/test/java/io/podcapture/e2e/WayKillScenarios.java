package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.Target;
import io.podcapture.Leftover;
import io.podcapture.fabric8.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After {@code kill -9} of the JVM nothing lives on of what was brought into the cluster, but an idle sidecar. */
@LongWait
abstract class WayKillScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml, on this machine. */
    abstract Stage stage();

    // What one test leaves, when it fails, is not for the next to find.
    @AfterEach
    void removeLeftovers() {
        Leftovers.find(stage().client(), stage().namespace()).remove();
    }

    // All at once, since after the kill each would only wait.
    @Test
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds() throws Exception {
        try (Victim free = start(false, Way.NODE, Way.POD_ON_NODE, Way.POD_ALONE, Way.UPLOAD);
                Victim blocked = start(true, Way.NODE, Way.POD_ON_NODE, Way.UPLOAD)) {
            free.awaitReady();
            blocked.awaitReady();
            for (Way way : List.of(Way.NODE, Way.POD_ON_NODE, Way.UPLOAD)) {
                stage().sender(pod(way), "tools").bigDatagrams(500);
            }
            assertCaptures(free);
            assertCaptures(blocked);
            free.kill();
            blocked.kill();
            assertNothingLives(List.of(free, blocked));
            assertRemovable(List.of(free, blocked), 5);
        }
    }

    // Without its processes in sight, nobody could see them go.
    private static void assertCaptures(Victim victim) throws IOException {
        List<String> running = processes(victim);
        assertThat(victim.filters()).allSatisfy(filter -> assertThat(running).anyMatch(line -> line.contains(filter)));
    }

    private Victim start(boolean blocked, Way... ways) throws IOException {
        return Victim.start(
                stage(),
                Stream.of(ways)
                        .map(way -> new Victim.Capture(target(way), way.method()))
                        .toList(),
                blocked,
                directory);
    }

    @Test
    void kill_betweenCreateAndExec_leavesNothingAliveAfter30Seconds() throws Exception {
        try (Victim victim = Victim.start(stage(), target(Way.NODE), "node", false, directory)) {
            Awaitility.await("helper")
                    .atMost(120, TimeUnit.SECONDS)
                    .until(() -> !helpers(victim).isEmpty());
            victim.kill();
            assertNothingLives(List.of(victim));
            assertRemovable(List.of(victim), 1);
        }
    }

    @Test
    void kill_ofSidecars_leavesThemIdleInReadyPodsUntilTheyAreTakenOut() throws Exception {
        List<HasMetadata> before = workloads();
        try (Victim victim = start(false, Way.SIDECAR_DEPLOYMENT, Way.SIDECAR_STATEFULSET, Way.SIDECAR_DAEMONSET);
                Victim early = Victim.start(stage(), "deployment/single", "sidecar", false, directory)) {
            Awaitility.await("the template has the container")
                    .atMost(120, TimeUnit.SECONDS)
                    .until(() -> containers("single").contains("podcapture"));
            early.kill();
            victim.awaitReady();
            List<String> pods = podNames();
            assertCaptures(victim);
            victim.kill();
            Awaitility.await("no tcpdump and no wrapper")
                    .atMost(30, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .untilAsserted(() -> {
                        assertThat(pods).allMatch(pod -> Readiness.getInstance().isReady(stage().pod(pod)));
                        assertThat(processes(victim)).isEmpty();
                        assertThat(processes(early)).isEmpty();
                    });
            assertThat(podNames()).containsExactlyInAnyOrderElementsOf(pods);
        }
        Awaitility.await("the sessions count as dead")
                .atMost(120, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Leftovers.find(stage().client(), stage().namespace())
                                .all())
                        .hasSize(4)
                        .allMatch(left -> left.what().contains("in the template of")));
        assertThat(Leftovers.find(stage().client(), stage().namespace()).remove())
                .isEmpty();
        assertThat(workloads())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(
                        ".*(generation|resourceVersion|managedFields|status|deployment.kubernetes.io/revision)")
                .isEqualTo(before);
    }

    private List<HasMetadata> workloads() {
        return List.of(
                deployment("web-deployment"),
                deployment("single"),
                stage().client()
                        .apps()
                        .statefulSets()
                        .inNamespace(stage().namespace())
                        .withName("web-statefulset")
                        .get(),
                stage().client()
                        .apps()
                        .daemonSets()
                        .inNamespace(stage().namespace())
                        .withName("web-daemonset")
                        .get());
    }

    private void assertNothingLives(List<Victim> victims) {
        Awaitility.await("nothing of ours lives")
                .atMost(30, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    for (Victim victim : victims) {
                        assertThat(processes(victim)).isEmpty();
                        assertThat(helpers(victim))
                                .noneMatch(pod -> List.of("Running", "Pending")
                                        .contains(pod.getStatus().getPhase()));
                    }
                });
    }

    private void assertRemovable(List<Victim> victims, int withHelpers) {
        assertThat(victims.stream()
                        .flatMap(victim -> victim.sessions().stream())
                        .filter(session -> !helpers(session).isEmpty()))
                .hasSize(withHelpers);
        List<String> left = victims.stream()
                .flatMap(victim -> helpers(victim).stream())
                .map(pod ->
                        "pod " + stage().namespace() + "/" + pod.getMetadata().getName())
                .toList();
        Leftovers found = Leftovers.find(stage().client(), stage().namespace());
        assertThat(found.unseen()).isEmpty();
        assertThat(found.all()).extracting(Leftover::what).containsExactlyInAnyOrderElementsOf(left);
        assertThat(found.remove()).isEmpty();
        Awaitility.await("the helpers are gone")
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(victims).allMatch(victim -> helpers(victim).isEmpty()));
        assertThat(Leftovers.find(stage().client(), stage().namespace()).all()).isEmpty();
    }

    private List<Pod> helpers(Victim victim) {
        return victim.sessions().stream()
                .flatMap(session -> helpers(session).stream())
                .toList();
    }

    private List<Pod> helpers(String session) {
        return stage().client()
                .pods()
                .inAnyNamespace()
                .withLabel("podcapture.io/session", session)
                .list()
                .getItems();
    }

    // The nodes of the test cluster are on this machine: its process table has theirs.
    private static List<String> processes(Victim victim) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(WayKillScenarios::commandLine)
                    .filter(line -> Stream.concat(victim.sessions().stream(), victim.filters().stream())
                            .anyMatch(line::contains))
                    .filter(line -> !line.contains(CaptureVictim.class.getName()))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    private String target(Way way) {
        Target target = way.target(stage());
        return target.kind() + "/" + target.name().orElseThrow();
    }

    private Deployment deployment(String name) {
        return stage().client()
                .apps()
                .deployments()
                .inNamespace(stage().namespace())
                .withName(name)
                .get();
    }

    private List<String> containers(String name) {
        return deployment(name).getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getName)
                .toList();
    }

    // Where the packets of a way are made.
    private String pod(Way way) {
        return switch (way) {
            case POD_ON_NODE -> "host-tools";
            case UPLOAD -> pods("single").get(0).getMetadata().getName();
            default -> pods("cart").get(0).getMetadata().getName();
        };
    }

    private List<String> podNames() {
        return Stream.of("web-deployment", "web-statefulset", "web-daemonset")
                .flatMap(app -> pods(app).stream())
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private List<Pod> pods(String app) {
        return stage().client().pods().inNamespace(stage().namespace()).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
