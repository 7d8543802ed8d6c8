package io.podcapture.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Whether there is a cluster at all: a session would ask for it again and again. */
final class ClusterAnswer {
    private static final int PATIENCE_MILLIS = 3000;

    private ClusterAnswer() {}

    /** Asks once; returns why there is none, in words, or empty if there is one. */
    static Optional<String> whyNone(KubernetesClient client) {
        Config config = client.getConfiguration();
        Config impatient = new ConfigBuilder(config)
                .withConnectionTimeout(PATIENCE_MILLIS)
                .withRequestTimeout(PATIENCE_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient asking =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            asking.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(
                    e.getStatus() == null
                            ? "no cluster answers at " + config.getMasterUrl() + " (is KUBECONFIG set?)"
                            : "the cluster at " + config.getMasterUrl() + " refuses: " + e.getMessage());
        }
    }
}
