package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client per cluster, context and namespace, for methods that are named by a word: nobody is there who could close it, so it lives as long as the
 * JVM.
 */
final class SharedClients {
    private static final Map<List<String>, KubernetesClient> CLIENTS = new ConcurrentHashMap<>();

    private SharedClients() {}

    /** Returns the client of a context; that of the current one for an empty name. */
    static KubernetesClient of(String context) {
        Config config = config(context);
        return CLIENTS.computeIfAbsent(
                List.of(config.getMasterUrl(), context, String.valueOf(config.getNamespace())),
                key -> new KubernetesClientBuilder().withConfig(config).build());
    }

    // The client takes the current context where the named one is missing: the wrong cluster would be captured.
    private static Config config(String context) {
        Config config = Config.autoConfigure(context.isEmpty() ? null : context);
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        if (!context.isEmpty() && !known.contains(context)) {
            throw new IllegalArgumentException(
                    "the kubeconfig has no context \"" + context + "\"; it has " + String.join(", ", known));
        }
        return config;
    }
}
