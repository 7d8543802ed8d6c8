package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SimulatedClusterTest {
    @RepeatedTest(2)
    void close_withProcessesThatHeedNoSignal_leavesNothing() throws Exception {
        SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").start();
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        new PlainClient(cluster.kubeconfig())
                .exec(
                        "cart",
                        "v5.channel.k8s.io",
                        frames,
                        "sh",
                        "-c",
                        "trap '' INT TERM HUP; tcpdump -i eth0 -U -w - >packets & echo $! $PWD; cat; cat")
                .join();
        Awaitility.await().until(() -> frames.octets(ExecFrames.STDOUT).length > 0);
        String[] told = new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8).split("\\s");
        ProcessHandle tool = ProcessHandle.of(Long.parseLong(told[0])).orElseThrow();

        cluster.close();
        cluster.close();

        Awaitility.await().pollInterval(10, TimeUnit.MILLISECONDS).until(() -> !tool.isAlive());
        assertThat(Path.of(told[1])).doesNotExist();
        assertThat(Path.of(told[1]).getParent().getParent().getFileName().toString())
                .startsWith("simulated-cluster-");
        assertThat(Path.of(told[1]).getParent().getParent()).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("simulated-cluster-"));
    }

    @Test
    void builder_settingsTwice_areRefusedWithBothValues() {
        assertThatThrownBy(() -> SimulatedCluster.builder()
                        .blockTimeout(Duration.ofMillis(1))
                        .blockTimeout(Duration.ofMillis(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PT0.001S")
                .hasMessageContaining("PT0.002S");
        assertThatThrownBy(() -> SimulatedCluster.builder()
                        .pod("shop", "cart", pod -> pod.container("app", SimulatedImage.UNAVAILABLE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void start_podOnNodeThatWasNotNamed_isRefusedAndLeavesNothing() {
        SimulatedClusterBuilder builder =
                SimulatedCluster.builder().node("a").pod("shop", "cart", pod -> pod.node("b"));
        assertThatThrownBy(builder::start).hasMessageContaining("a node that was not named: b");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("simulated-cluster-"));
    }

    @Test
    void start_shellThatIsMissing_isNamed() {
        assertThatThrownBy(
                        () -> SimulatedCluster.builder().shell("nosuch-shell").start())
                .hasMessageContaining("nosuch-shell");
    }
}
