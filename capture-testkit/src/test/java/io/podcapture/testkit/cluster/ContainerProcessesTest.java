package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerProcessesTest {
    private final ClusterThreads threads = new ClusterThreads();
    private Path directory;
    private ToolDoor door;
    private ContainerProcesses processes;

    @BeforeEach
    void make() throws Exception {
        directory = ClusterDirectory.make();
        ContainerFiles files = ContainerFiles.make(directory, "sh");
        door = ToolDoor.open(directory, Duration.ofMillis(20), threads);
        processes = new ContainerProcesses(directory, files, door);
        processes.admit("uid", new PodInterfaces());
    }

    @AfterEach
    void close() throws Exception {
        processes.killAll();
        door.close();
        threads.await();
        door.release();
        ClusterDirectory.delete(directory);
    }

    // A container may be on its way while its cluster is closed.
    @Test
    void start_afterTheEndOfAll_isEndedAtOnce() throws Exception {
        processes.killAll();
        Process late = processes
                .start("uid", SimulatedImage.TOOLS, List.of("sleep", "60"), Map.of())
                .orElseThrow();
        assertThat(late.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void start_podWasEnded_doesNotStart() throws Exception {
        processes.killPod("uid");
        assertThat(processes.start("uid", SimulatedImage.TOOLS, List.of("sleep", "60"), Map.of()))
                .isEmpty();
    }
}
