package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.Targets;
import io.podcapture.local.LocalMethods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one session a pod of the cluster, a container beside it and the machine itself: one file, in order of time. */
@OnCluster
class MixedSessionIT {
    private static final int ROUNDS = 10;
    private static final int EACH = 20;

    private static TestCluster cluster;

    @TempDir
    private Path directory;

    /** Where numbered datagrams are sent. */
    private interface Source {
        void datagrams(int first, int count) throws Exception;
    }

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Test
    void session_podContainerAndMachine_isOneFileInOrderOfTime() throws Exception {
        try (ToolsContainer container = ToolsContainer.start();
                LoopbackDatagrams machine = new LoopbackDatagrams();
                CaptureSession session = CaptureSession.builder()
                        .target(
                                Targets.pod(cluster.namespace(), "tools"),
                                on -> on.via(cluster.methods(cluster.client())
                                        .build()
                                        .exec()))
                        .target(
                                Targets.container(container.id()),
                                on -> on.via(LocalMethods.builder()
                                        .image(ToolsContainer.IMAGE)
                                        .neverPull()
                                        .docker()))
                        .target(
                                Targets.localMachine(),
                                on -> on.via(LocalMethods.local())
                                        .interfaces("lo")
                                        .filter(machine.filter()))
                        .filter("udp port 9")
                        .writeTo(directory.resolve("mixed.pcapng"))
                        .start()) {
            List<Source> sources =
                    List.of(cluster.sender("tools", "tools")::datagrams, container::datagrams, machine::datagrams);
            Map<String, SortedSet<Integer>> sent = send(session, sources);
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).hasSize(sources.size());
            assertThat(Traffic.numbers(result)).isEqualTo(sent);
            assertThat(turns(result)).isEqualTo(turnsOf(new ArrayList<>(sent.keySet())));
            assertMergedByTime(result);
        }
    }

    // In turn: the clock of all is this machine's, so their turns must follow each other in the file too.
    private static Map<String, SortedSet<Integer>> send(CaptureSession session, List<Source> sources) throws Exception {
        List<String> names = session.progress().points().stream()
                .map(progress -> progress.point().name())
                .toList();
        Map<String, SortedSet<Integer>> sent = new LinkedHashMap<>();
        for (int turn = 0; turn < ROUNDS * sources.size(); turn++) {
            int source = turn % sources.size();
            sources.get(source).datagrams(turn * EACH, EACH);
            sent.computeIfAbsent(names.get(source), name -> new TreeSet<>()).addAll(Traffic.range(turn * EACH, EACH));
        }
        return sent;
    }

    private static List<String> turnsOf(List<String> names) {
        List<String> turns = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            turns.addAll(names);
        }
        return turns;
    }

    private static List<String> turns(CaptureResult result) throws Exception {
        List<String> turns = new ArrayList<>();
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                String name = packets.point().name();
                if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(name)) {
                    turns.add(name);
                }
            }
        }
        return turns;
    }

    // Packets of one point may lie in another order than the kernel stamped them, by microseconds, and stay so. Behind
    // one of another point there is no way back in time: the packet would have been taken before.
    private static void assertMergedByTime(CaptureResult result) throws Exception {
        String before = "";
        long last = 0;
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                String name = packets.point().name();
                long time = packets.packet().timestampNanos();
                if (!name.equals(before)) {
                    assertThat(time)
                            .as("time of a packet after one of another point")
                            .isGreaterThanOrEqualTo(last);
                }
                before = name;
                last = time;
            }
        }
    }
}
