package io.podcapture.examples;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which cluster is meant. */
final class ClusterOptions {
    @Option(
            names = "--context",
            paramLabel = "C",
            description = "Context of the kubeconfig; the current one by default.")
    private Optional<String> context = Optional.empty();

    boolean isNamed() {
        return context.isPresent();
    }

    /** Tells whether anything names a cluster to a client: a kubeconfig, also one that is missing, the environment, a pod. */
    static boolean isConfigured(KubernetesClient client) {
        Config config = client.getConfiguration();
        return System.getenv("KUBECONFIG") != null
                || System.getProperty("kubeconfig") != null
                || !config.getContexts().isEmpty()
                || !config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL);
    }

    /** Makes a client of it; the caller closes it. */
    KubernetesClient client(CommandLine command) {
        return new KubernetesClientBuilder().withConfig(config(command)).build();
    }

    // The client takes the current context where the named one is missing: the wrong cluster would be captured.
    private Config config(CommandLine command) {
        Config config = Config.autoConfigure(context.orElse(null));
        context.ifPresent(name -> {
            List<String> known =
                    config.getContexts().stream().map(NamedContext::getName).toList();
            if (!known.contains(name)) {
                throw new ParameterException(
                        command,
                        "the kubeconfig has no context \"" + name + "\"; it has "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        });
        return config;
    }
}
