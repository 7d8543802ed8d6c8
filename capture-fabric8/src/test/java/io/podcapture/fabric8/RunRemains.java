package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a session leaves behind: files here and in pods, objects, commands and threads. */
final class RunRemains {
    static final String FILE = "run.pcapng";

    /** A container that nobody could end does so by itself. */
    private static final long BY_ITSELF_SECONDS = 35;

    private static final long SOON_SECONDS = 10;

    private final RunPlan plan;
    private final SimulatedCluster cluster;
    private final Path directory;
    private final String session;
    private final List<String> before;

    /** Looks what is there before the session. */
    RunRemains(RunPlan plan, SimulatedCluster cluster, Path directory, String session) {
        this.plan = plan;
        this.cluster = cluster;
        this.directory = directory;
        this.session = session;
        before = inventory();
    }

    void requireNoFile() {
        assertThat(files(directory, "")).isEmpty();
    }

    /** Requires that nothing is left but the capture's file, and what was told. */
    void requireNothing(List<String> told) {
        assertThat(files(directory, "")).allMatch(file -> file.startsWith(FILE) && !file.endsWith(".part"));
        Awaitility.await("nothing is in the cluster that was not told: " + told)
                .atMost(SOON_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(more(told)).isEmpty());
        Awaitility.await("no command runs in a container")
                .atMost(BY_ITSELF_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(cluster.commands()).isEmpty());
        // They lie in this machine's directories.
        assertThat(Stream.of("/tmp", "/dev/shm", "/var/tmp")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .flatMap(place -> files(place, ".podcapture-" + session).stream()))
                .as("programs that were brought into pods")
                .isEmpty();
        Awaitility.await("threads end")
                .atMost(SOON_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("podcapture-") && name.endsWith(plan.namespace())));
    }

    // A pod of a deployment has another number each time; how many there are must be the same.
    private List<String> more(List<String> told) {
        List<String> more = inventory();
        before.forEach(more::remove);
        more.removeIf(thing -> {
            String name = thing.substring(thing.lastIndexOf(' ') + 1);
            return told.stream()
                    .anyMatch(line ->
                            line.contains(name) || line.contains(plan.method().host(name)));
        });
        return more;
    }

    private List<String> inventory() {
        return new ArrayList<>(
                cluster.inventory().stream().map(plan.method()::unnumbered).toList());
    }

    /** Returns what a session says that it has left. */
    static List<String> told(CaptureResult result) {
        return result.leftovers();
    }

    /** Returns what a session says that it has left. */
    static List<String> told(CaptureException e) {
        return Stream.of(e.getSuppressed()).map(Throwable::getMessage).toList();
    }

    private static List<String> files(Path directory, String prefix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
