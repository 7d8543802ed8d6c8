package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.MethodChoice;
import io.podcapture.spi.MethodProvider;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The methods by their names, for the cluster of the kubeconfig's current context.
 *
 * <p>Settings: {@code context} names another context, {@code image} the image of helper containers, {@code
 * helperNamespace} that of helper pods; for {@code upload} {@code tcpdump.amd64} and {@code tcpdump.arm64} are paths of static tcpdumps.
 */
abstract sealed class KubernetesProviders implements MethodProvider {
    private static final Set<String> SETTINGS = Set.of("context", "image");
    private static final Set<String> IN_PODS = Set.of("context", "image", "helperNamespace");

    private static final String TCPDUMP = "tcpdump.";

    private static final Set<String> ALL =
            Set.of("context", "image", "helperNamespace", TCPDUMP + "amd64", TCPDUMP + "arm64");

    private final String name;
    private final Set<String> known;
    private final Function<KubernetesMethods, MethodChoice> choice;

    KubernetesProviders(String name, Function<KubernetesMethods, MethodChoice> choice) {
        this(name, SETTINGS, choice);
    }

    KubernetesProviders(String name, Set<String> known, Function<KubernetesMethods, MethodChoice> choice) {
        this.name = name;
        this.known = known;
        this.choice = choice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MethodChoice create(Map<String, String> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the method " + name + " has no setting " + String.join(", ", unknown)
                    + "; it has " + String.join(", ", new TreeSet<>(known)));
        }
        KubernetesClient client = SharedClients.of(settings.getOrDefault("context", ""));
        KubernetesMethods.Builder methods = KubernetesMethods.builder(client);
        if (settings.containsKey("image")) {
            methods.image(settings.get("image"));
        }
        if (settings.containsKey("helperNamespace")) {
            methods.helperNamespace(settings.get("helperNamespace"));
        }
        settings.forEach((setting, value) -> {
            if (setting.startsWith(TCPDUMP)) {
                methods.staticTcpdump(setting.substring(TCPDUMP.length()), Path.of(value));
            }
        });
        return choice.apply(methods.build());
    }

    /** {@code auto}. */
    public static final class Auto extends KubernetesProviders {
        /** For the service loader. */
        public Auto() {
            super("auto", ALL, KubernetesMethods::auto);
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

    /** {@code node}. */
    public static final class Node extends KubernetesProviders {
        /** For the service loader. */
        public Node() {
            super("node", IN_PODS, KubernetesMethods::node);
        }
    }

    /** {@code pod}. */
    public static final class Pod extends KubernetesProviders {
        /** For the service loader. */
        public Pod() {
            super("pod", IN_PODS, KubernetesMethods::pod);
        }
    }

    /** {@code sidecar}. */
    public static final class Sidecar extends KubernetesProviders {
        /** For the service loader. */
        public Sidecar() {
            super("sidecar", KubernetesMethods::sidecar);
        }
    }

    /** {@code upload}. */
    public static final class Upload extends KubernetesProviders {
        private static final Set<String> TCPDUMPS = Set.of(TCPDUMP + "amd64", TCPDUMP + "arm64");

        /** For the service loader. */
        public Upload() {
            super("upload", Set.of("context", TCPDUMP + "amd64", TCPDUMP + "arm64"), KubernetesMethods::upload);
        }

        @Override
        public MethodChoice create(Map<String, String> settings) {
            if (Collections.disjoint(settings.keySet(), TCPDUMPS)) {
                throw new IllegalArgumentException("the method upload needs a setting "
                        + String.join(" or ", new TreeSet<>(TCPDUMPS)) + ": the path of a static tcpdump");
            }
            return super.create(settings);
        }
    }
}
