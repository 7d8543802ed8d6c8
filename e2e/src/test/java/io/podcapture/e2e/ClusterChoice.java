package io.podcapture.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.examples.k3s.K3s;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that the tests of this JVM run on: the one of KUBECONFIG and of the property {@code podcapture.context}; without
 * them k3s in Docker, for as long as the JVM runs; without Docker none, which is said loudly.
 *
 * @param config how to reach it; meaningless where there is none
 * @param environment what another process needs to reach it
 * @param absence why there is none; empty if there is one
 */
record ClusterChoice(Config config, Map<String, String> environment, Optional<String> absence) {
    private static final ClusterChoice CHOSEN = choose();

    static ClusterChoice chosen() {
        return CHOSEN;
    }

    private static ClusterChoice choose() {
        String context = System.getProperty("podcapture.context");
        if (context != null || System.getenv("KUBECONFIG") != null) {
            return ofKubeconfig(Config.autoConfigure(context));
        }
        if (K3s.isPossible()) {
            return ofK3s(K3s.start());
        }
        return none(Config.empty(), "there is neither a KUBECONFIG nor a Docker engine");
    }

    private static ClusterChoice ofKubeconfig(Config config) {
        Config patient = new ConfigBuilder(config)
                .withConnectionTimeout(5000)
                .withRequestTimeout(5000)
                .withRequestRetryBackoffLimit(1)
                .build();
        try (KubernetesClient asked =
                new KubernetesClientBuilder().withConfig(patient).build()) {
            asked.getKubernetesVersion();
            return new ClusterChoice(config, Map.of(), Optional.empty());
        } catch (KubernetesClientException e) {
            return none(config, "no cluster answers at " + config.getMasterUrl() + "; set KUBECONFIG");
        }
    }

    private static ClusterChoice ofK3s(K3s k3s) {
        if (!k3s.hasImage("localhost/tools:1")) {
            return none(
                    Config.empty(),
                    "k3s in Docker has no image localhost/tools:1; PODCAPTURE_K3S_ARCHIVES names files to load it from");
        }
        System.out.println("\n==== END-TO-END TESTS RUN ON K3S IN DOCKER ====\n");
        try {
            Path kubeconfig = Files.createTempFile("podcapture-k3s-", ".kubeconfig");
            kubeconfig.toFile().deleteOnExit();
            Files.writeString(kubeconfig, k3s.kubeconfig());
            return new ClusterChoice(k3s.config(), Map.of("KUBECONFIG", kubeconfig.toString()), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClusterChoice none(Config config, String why) {
        String line = "END-TO-END TESTS SKIPPED: " + why;
        System.out.println("\n==== " + line + " ====\n");
        return new ClusterChoice(config, Map.of(), Optional.of(line));
    }
}
