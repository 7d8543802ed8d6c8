package io.podcapture.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
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
                            ? "no cluster answers at " + config.getMasterUrl() + ": " + why(e)
                            : "the cluster at " + config.getMasterUrl() + " refuses: " + e.getMessage());
        }
    }

    /** The innermost cause has what was seen; those around it say that a request failed. */
    private static String why(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        boolean nobodyThere = false;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            nobodyThere |= cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException;
            if (cause.getMessage() != null) {
                words = cause.getMessage();
            }
        }
        return words + (nobodyThere ? " (is KUBECONFIG set?)" : "");
    }
}
