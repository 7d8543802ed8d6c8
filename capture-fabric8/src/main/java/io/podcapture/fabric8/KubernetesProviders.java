package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.MethodChoice;
import io.podcapture.spi.MethodProvider;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The methods by their names, for the cluster of the kubeconfig's current context.
 *
 * <p>Settings: {@code context} names another context, {@code image} the image of ephemeral containers.
 */
abstract sealed class KubernetesProviders implements MethodProvider {
    private static final Set<String> SETTINGS = Set.of("context", "image");

    private final String name;
    private final Function<KubernetesMethods, MethodChoice> choice;

    KubernetesProviders(String name, Function<KubernetesMethods, MethodChoice> choice) {
        this.name = name;
        this.choice = choice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MethodChoice create(Map<String, String> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the method " + name + " has no setting " + String.join(", ", unknown)
                    + "; it has " + String.join(", ", new TreeSet<>(SETTINGS)));
        }
        KubernetesClient client = SharedClients.of(settings.getOrDefault("context", ""));
        KubernetesMethods.Builder methods = KubernetesMethods.builder(client);
        if (settings.containsKey("image")) {
            methods.image(settings.get("image"));
        }
        return choice.apply(methods.build());
    }

    /** {@code auto}. */
    public static final class Auto extends KubernetesProviders {
        /** For the service loader. */
        public Auto() {
            super("auto", KubernetesMethods::inPod);
        }
    }

    /** {@code exec}. */
    public static final class Exec extends KubernetesProviders {
        /** For the service loader. */
        public Exec() {
            super("exec", KubernetesMethods::exec);
        }
    }

    /** {@code ephemeral}. */
    public static final class Ephemeral extends KubernetesProviders {
        /** For the service loader. */
        public Ephemeral() {
            super("ephemeral", KubernetesMethods::ephemeral);
        }
    }
}
