package io.podcapture.testkit.cluster;

import java.time.Duration;
import java.util.Map;

/**
 * What holds for a whole cluster.
 *
 * @param blockTimeout how long the kernel keeps a block that is not full
 * @param shell the command that is {@code sh} in all containers
 * @param images what is in an image, by its name
 * @param levels of Pod Security that are enforced, by namespace
 */
record ClusterSettings(
        Duration blockTimeout, String shell, Map<String, SimulatedImage> images, Map<String, PodSecurity> levels) {
    SimulatedImage image(String name) {
        return images.getOrDefault(name, SimulatedImage.TOOLS);
    }
}
