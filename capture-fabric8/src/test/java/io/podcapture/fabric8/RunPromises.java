package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.StartFailurePolicy;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a session promises, whatever goes wrong: a file that is as whole as it says, true reasons, and nothing left. */
final class RunPromises {
    /** A container that nobody could end does so by itself. */
    private static final long BY_ITSELF_SECONDS = 35;

    private final RunWire wire;
    private final Mishap mishap;
    private final String victim;
    private final Path directory;

    RunPromises(RunWire wire, Mishap mishap, String victim, Path directory) {
        this.wire = wire;
        this.mishap = mishap;
        this.victim = victim;
        this.directory = directory;
    }

    void ofResult(CaptureResult result) throws Exception {
        assertThat(result.points()).hasSize(wire.hosts.size());
        Map<String, List<RunWire.Kept>> packets = packets(result);
        for (PointResult point : result.points()) {
            String host = host(point.point().name());
            List<RunWire.Kept> truth = wire.truth(host, mishap.jump);
            List<RunWire.Kept> kept = packets.getOrDefault(host, List.of());
            assertThat(kept.size()).as("%s: packets in the file", host).isLessThanOrEqualTo(truth.size());
            for (int i = 0; i < kept.size(); i++) {
                assertThat(kept.get(i))
                        .as("%s: packet %d is none made up", host, i)
                        .isEqualTo(truth.get(i));
            }
            if (point.outcome() == Outcome.COMPLETE) {
                assertThat(kept.size())
                        .as("%s: packets of a complete capture", host)
                        .isEqualTo(truth.size());
            }
            ofOutcome(host, point, kept.size());
        }
    }

    private void ofOutcome(String host, PointResult point, int kept) {
        String what = host + " is " + point.outcome() + " " + point.reason() + ": " + point.explanation();
        if (!mishap.concerns(host, victim)) {
            assertThat(point.outcome())
                    .as("%s, though nothing happened to it", what)
                    .isEqualTo(Outcome.COMPLETE);
        } else if (point.outcome() == Outcome.COMPLETE) {
            assertThat(mishap.mayBeComplete()).as(what).isTrue();
        } else {
            assertThat(point.outcome()).as(what).isIn(Outcome.TRUNCATED, Outcome.FAILED);
            assertThat(point.outcome() == Outcome.FAILED).as(what).isEqualTo(kept == 0);
            FailureReason reason = point.reason().orElseThrow();
            boolean started = point.capturing().isPresent();
            assertThat(started ? mishap.mayBreak(reason) : mishap.mayRefuse(reason))
                    .as(what)
                    .isTrue();
        }
    }

    void ofFailure(CaptureException e, StartFailurePolicy policy) {
        boolean none = e.reason() == FailureReason.NO_USABLE_METHOD;
        assertThat(mishap.mayRefuse(e.reason()))
                .as("the start fails by %s: %s", e.reason(), e.getMessage())
                .isTrue();
        if (policy == StartFailurePolicy.GO_ON && wire.hosts.size() > 1 && !none) {
            throw new AssertionError("it was to go on without " + victim, e);
        }
        assertThat(files()).isEmpty();
    }

    void nothingIsLeft(SimulatedCluster cluster, SortedSet<String> before, List<String> told, String threads) {
        assertThat(files()).allMatch(file -> file.startsWith("run.pcapng") && !file.endsWith(".part"));
        Awaitility.await("nothing is in the cluster that was not told: " + told)
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(more(cluster, before, told)).isEmpty());
        Awaitility.await("no command runs in a container")
                .atMost(BY_ITSELF_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(cluster.commands()).isEmpty());
        Awaitility.await("threads end")
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("podcapture-") && name.endsWith(threads)));
    }

    private static Set<String> more(SimulatedCluster cluster, SortedSet<String> before, List<String> told) {
        Set<String> more = new TreeSet<>(cluster.inventory());
        more.removeAll(before);
        more.removeIf(thing ->
                told.stream().anyMatch(line -> line.contains(thing.substring(thing.lastIndexOf(' ') + 1))));
        return more;
    }

    /** Returns what a session says that it has left. */
    static List<String> told(CaptureResult result) {
        return result.leftovers();
    }

    /** Returns what a session says that it has left. */
    static List<String> told(CaptureException e) {
        return Stream.of(e.getSuppressed()).map(Throwable::getMessage).toList();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError("the directory of the run cannot be read", e);
        }
    }

    private static String host(String point) {
        return point.substring(point.indexOf('/') + 1);
    }

    private static Map<String, List<RunWire.Kept>> packets(CaptureResult result) throws IOException {
        Map<String, List<RunWire.Kept>> packets = new HashMap<>();
        if (result.file().isEmpty()) {
            return packets;
        }
        try (CapturedPackets all = result.packets()) {
            while (all.next()) {
                ByteBuffer data = all.packet().data();
                ByteBuffer copy = ByteBuffer.allocate(data.remaining())
                        .put(data.duplicate())
                        .flip();
                packets.computeIfAbsent(host(all.point().name()), host -> new ArrayList<>())
                        .add(new RunWire.Kept(
                                all.packet().timestampNanos(),
                                (int) all.packet().originalLength(),
                                copy));
            }
        }
        return packets;
    }
}
