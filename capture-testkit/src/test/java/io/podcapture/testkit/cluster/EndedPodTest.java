package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EndedPodTest {
    private final SimulatedPod pod = new SimulatedPod(
            "shop",
            "cart",
            "uid",
            new PodInterfaces(),
            new SimulatedNode("a"),
            new PendingFaults(),
            Map.of("app", SimulatedImage.TOOLS));

    @Test
    void started_beforeTheEnd_runsUntilThen() {
        pod.started("helper", SimulatedImage.TOOLS);
        assertThat(pod.running()).containsExactlyInAnyOrder("app", "helper");
        pod.end();
        assertThat(pod.running()).isEmpty();
    }

    @Test
    void started_behindTheEnd_doesNotRun() {
        pod.end();
        pod.started("helper", SimulatedImage.TOOLS);
        assertThat(pod.running()).isEmpty();
    }
}
