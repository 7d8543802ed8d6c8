package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Puts the settings of helpers together, and checks each. */
final class HelperSettingsBuilder {
    private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");

    private String image = KubernetesMethods.DEFAULT_IMAGE;
    private String registry = "";
    private String pullPolicy = "IfNotPresent";
    private List<String> pullSecrets = List.of();
    private Optional<String> namespace = Optional.empty();
    private List<Toleration> tolerations =
            List.of(new TolerationBuilder().withOperator("Exists").build());
    private ResourceRequirements resources = new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("10m"))
            .addToRequests("memory", new Quantity("32Mi"))
            .addToLimits("cpu", new Quantity("1"))
            .addToLimits("memory", new Quantity("256Mi"))
            .build();
    private Optional<Duration> deadline = Optional.empty();
    private long nodeKernelBuffer = 256L << 20;

    void image(String name) {
        image = requireWord("the image", name);
    }

    void registry(String prefix) {
        registry = requireWord("the registry", prefix);
    }

    void pullPolicy(String policy) {
        if (!PULL_POLICIES.contains(policy)) {
            throw new IllegalArgumentException(
                    "there is no image pull policy \"" + policy + "\"; there are Always, IfNotPresent and Never");
        }
        pullPolicy = policy;
    }

    void pullSecrets(String... names) {
        pullSecrets = List.of(names);
    }

    void namespace(String name) {
        namespace = Optional.of(requireWord("the namespace of helpers", name));
    }

    void tolerations(Toleration... some) {
        tolerations = List.of(some);
    }

    void resources(ResourceRequirements some) {
        resources = Objects.requireNonNull(some, "resources");
    }

    void deadline(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the deadline of helpers, " + duration + ", is shorter than a second");
        }
        deadline = Optional.of(duration);
    }

    void nodeKernelBuffer(long octets) {
        if (octets < 4L << 20) {
            throw new IllegalArgumentException(
                    "nodeKernelBuffer " + octets + " is less than one capture needs, 4,194,304 octets");
        }
        nodeKernelBuffer = octets;
    }

    HelperSettings build() {
        return new HelperSettings(
                registry.isEmpty() ? image : ImageName.inRegistry(image, registry),
                pullPolicy,
                pullSecrets,
                namespace,
                tolerations,
                resources,
                deadline,
                nodeKernelBuffer);
    }

    private static String requireWord(String what, String word) {
        if (word.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return word;
    }
}
