package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.Target;
import io.podcapture.fabric8.Leftover;
import io.podcapture.fabric8.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
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

    private record Kind(Way way, boolean blocked) {}

    // All at once, since after the kill each would only wait.
    @Test
    void kill_whileCapturing_leavesNothingAliveAfter30Seconds() throws Exception {
        List<Victim> victims = new ArrayList<>();
        try {
            for (Kind kind : List.of(
                    new Kind(Way.NODE, false),
                    new Kind(Way.NODE, true),
                    new Kind(Way.POD_ON_NODE, false),
                    new Kind(Way.POD_ON_NODE, true),
                    new Kind(Way.POD_ALONE, false),
                    new Kind(Way.UPLOAD, false),
                    new Kind(Way.UPLOAD, true))) {
                Victim victim =
                        Victim.start(cluster, target(kind.way()), kind.way().method(), kind.blocked(), directory);
                victims.add(victim);
                victim.awaitReady();
                if (kind.blocked()) {
                    cluster.shell(pod(kind.way()), "tools").run(Traffic.BIG_DATAGRAMS, 500);
                }
                assertThat(processes(victim)).isNotEmpty();
            }
            victims.forEach(Victim::kill);
            assertNothingLives(victims);
        } finally {
            for (Victim victim : victims) {
                victim.close();
            }
        }
        assertRemovable(victims, 5);
    }

    @Test
    void kill_betweenCreateAndExec_leavesNothingAliveAfter30Seconds() throws Exception {
        try (Victim victim = Victim.start(cluster, target(Way.NODE), "node", false, directory)) {
            Awaitility.await("helper")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> !helpers(victim).isEmpty());
            victim.kill();
            assertNothingLives(List.of(victim));
            assertRemovable(List.of(victim), 1);
        }
    }

    @Test
    void kill_ofSidecars_leavesThemIdleInReadyPodsUntilTheyAreTakenOut() throws Exception {
        Deployment before = deployment("web-deployment");
        Deployment beforeRollOut = deployment("single");
        try (Victim victim = Victim.start(cluster, "deployment/web-deployment", "sidecar", false, directory);
                Victim early = Victim.start(cluster, "deployment/single", "sidecar", false, directory)) {
            Awaitility.await("the template has the container")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> containers("single").contains("podcapture"));
            early.kill();
            victim.awaitReady();
            List<String> pods = podNames();
            assertThat(processes(victim)).isNotEmpty();
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
                .until(() -> Leftovers.find(cluster.client(), cluster.namespace())
                                .all()
                                .size()
                        == 2);
        assertThat(Leftovers.find(cluster.client(), cluster.namespace()).remove())
                .isEmpty();
        assertAsBefore(before);
        assertAsBefore(beforeRollOut);
    }

    private static void assertAsBefore(Deployment before) {
        Deployment after = deployment(before.getMetadata().getName());
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getLabels())
                .isEqualTo(before.getMetadata().getLabels());
        assertThat(after.getMetadata().getAnnotations().keySet()).noneMatch(key -> key.startsWith("podcapture"));
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
        assertThat(victims.stream().filter(victim -> !helpers(victim).isEmpty()))
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
        return cluster.client()
                .pods()
                .inAnyNamespace()
                .withLabel("podcapture.io/session", victim.session())
                .list()
                .getItems();
    }

    // The nodes of the test cluster are on this machine: its process table has theirs.
    private static List<String> processes(Victim victim) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(WayKillIT::commandLine)
                    .filter(line -> line.contains(victim.session()) || line.contains(victim.filter()))
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
        return pods("web-deployment").stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static List<Pod> pods(String app) {
        return cluster.client().pods().inNamespace(cluster.namespace()).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
