package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.Leftover;
import io.podcapture.Target;
import io.podcapture.fabric8.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After {@code kill -9} of the JVM nothing lives on of what was brought into the cluster, but an idle sidecar. */
@OnCluster
@Tag("waiting")
class WayKillIT {
    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    // What one test leaves, when it fails, is not for the next to find.
    @AfterEach
    void removeLeftovers() {
        Leftovers.find(cluster.client(), cluster.namespace()).remove();
    }

    // All at once, since after the kill each would only wait.
    @Test
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds() throws Exception {
        try (Victim free = start(false, Way.NODE, Way.POD_ON_NODE, Way.POD_ALONE, Way.UPLOAD);
                Victim blocked = start(true, Way.NODE, Way.POD_ON_NODE, Way.UPLOAD)) {
            free.awaitReady();
            blocked.awaitReady();
            for (Way way : List.of(Way.NODE, Way.POD_ON_NODE, Way.UPLOAD)) {
                cluster.shell(pod(way), "tools").run(Traffic.BIG_DATAGRAMS, 500);
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
                cluster,
                Stream.of(ways)
                        .map(way -> new Victim.Capture(target(way), way.method()))
                        .toList(),
                blocked,
                directory);
    }

    @Test
    void kill_betweenCreateAndExec_leavesNothingAliveAfter30Seconds() throws Exception {
        try (Victim victim = Victim.start(cluster, target(Way.NODE), "node", false, directory)) {
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
                Victim early = Victim.start(cluster, "deployment/single", "sidecar", false, directory)) {
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
                        assertThat(pods).allMatch(pod -> Readiness.getInstance().isReady(cluster.pod(pod)));
                        assertThat(processes(victim)).isEmpty();
                        assertThat(processes(early)).isEmpty();
                    });
            assertThat(podNames()).containsExactlyInAnyOrderElementsOf(pods);
        }
        Awaitility.await("the sessions count as dead")
                .atMost(120, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Leftovers.find(cluster.client(), cluster.namespace())
                                .all())
                        .hasSize(4)
                        .allMatch(left -> left.what().contains("in the template of")));
        assertThat(Leftovers.find(cluster.client(), cluster.namespace()).remove())
                .isEmpty();
        assertThat(workloads())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(
                        ".*(generation|resourceVersion|managedFields|status|deployment.kubernetes.io/revision)")
                .isEqualTo(before);
    }

    private static List<HasMetadata> workloads() {
        return List.of(
                deployment("web-deployment"),
                deployment("single"),
                cluster.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(cluster.namespace())
                        .withName("web-statefulset")
                        .get(),
                cluster.client()
                        .apps()
                        .daemonSets()
                        .inNamespace(cluster.namespace())
                        .withName("web-daemonset")
                        .get());
    }

    private static void assertNothingLives(List<Victim> victims) {
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

    private static void assertRemovable(List<Victim> victims, int withHelpers) {
        assertThat(victims.stream()
                        .flatMap(victim -> victim.sessions().stream())
                        .filter(session -> !helpers(session).isEmpty()))
                .hasSize(withHelpers);
        List<String> left = victims.stream()
                .flatMap(victim -> helpers(victim).stream())
                .map(pod ->
                        "pod " + cluster.namespace() + "/" + pod.getMetadata().getName())
                .toList();
        Leftovers found = Leftovers.find(cluster.client(), cluster.namespace());
        assertThat(found.unseen()).isEmpty();
        assertThat(found.all()).extracting(Leftover::what).containsExactlyInAnyOrderElementsOf(left);
        assertThat(found.remove()).isEmpty();
        Awaitility.await("the helpers are gone")
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(victims).allMatch(victim -> helpers(victim).isEmpty()));
        assertThat(Leftovers.find(cluster.client(), cluster.namespace()).all()).isEmpty();
    }

    private static List<Pod> helpers(Victim victim) {
        return victim.sessions().stream()
                .flatMap(session -> helpers(session).stream())
                .toList();
    }

    private static List<Pod> helpers(String session) {
        return cluster.client()
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
                    .map(WayKillIT::commandLine)
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

    private static String target(Way way) {
        Target target = way.target(cluster);
        return target.kind() + "/" + target.name().orElseThrow();
    }

    private static Deployment deployment(String name) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
    }

    private static List<String> containers(String name) {
        return deployment(name).getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getName)
                .toList();
    }

    // Where the packets of a way are made.
    private static String pod(Way way) {
        return switch (way) {
            case POD_ON_NODE -> "host-tools";
            case UPLOAD -> pods("single").get(0).getMetadata().getName();
            default -> pods("cart").get(0).getMetadata().getName();
        };
    }

    private static List<String> podNames() {
        return Stream.of("web-deployment", "web-statefulset", "web-daemonset")
                .flatMap(app -> pods(app).stream())
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static List<Pod> pods(String app) {
        return cluster.client().pods().inNamespace(cluster.namespace()).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
