package io.podcapture.testkit.cluster;

import java.time.Duration;
import java.util.Arrays;
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
    private static final String REGISTRY = "registry.invalid/";

    SimulatedImage image(String name) {
        SimulatedImage image = images.get(name);
        if (image != null) {
            return image;
        }
        return Arrays.stream(SimulatedImage.values())
                .filter(each -> name.equals(image(each)))
                .findFirst()
                .orElse(SimulatedImage.TOOLS);
    }

    /** Returns the name of an image that has just this in it. */
    static String image(SimulatedImage content) {
        return REGISTRY + content;
    }
}
