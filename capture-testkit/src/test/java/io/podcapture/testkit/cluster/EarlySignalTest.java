package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A tcpdump that is ended while it begins, as a start that is given up does it, leaves no process. */
class EarlySignalTest {
    // The later ones are there already when their signal comes.
    private static final String SCRIPT =
            "for n in 0 1 2 3 4 5 6 7 8 9; do for tenth in 0 3 6; do tcpdump -i eth0 -w - >/dev/null & it=$!;"
                    + " sleep 0.00$n$tenth; kill -TERM $it; done; done; wait; echo over";

    @Test
    void tcpdump_endedWhileItBegins_leavesNoProcess() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").start()) {
            ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
            new PlainClient(cluster.kubeconfig())
                    .exec("cart", "v5.channel.k8s.io", frames, "sh", "-c", SCRIPT)
                    .join();
            assertThat(frames.closed().get(60, TimeUnit.SECONDS)).isEqualTo(1000);
            Awaitility.await("all that was begun has ended")
                    .atMost(5, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(cluster.commands()).isEmpty());
        }
    }
}
