package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.time.Duration;
import java.time.Instant;

/** Describes helper pods: nothing but what each needs, and no part of a service mesh. */
final class HelperPodSpec {
    /** The name of a helper's only container. */
    static final String CONTAINER = "podcapture";

    // A pod that has not come to life by then has lost its session.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HelperSettings settings;
    private final PodName name;
    private final String sessionId;
    private final Instant startsBefore;

    /**
     * Begins with what all have in common.
     *
     * @param startsWithin how long the session waits for it
     */
    HelperPodSpec(HelperSettings settings, PodName name, String sessionId, Duration startsWithin) {
        this.settings = settings;
        this.name = name;
        this.sessionId = sessionId;
        this.startsBefore = Instant.now().plus(startsWithin).plus(PATIENCE);
    }

    /** Describes a privileged pod that sees the processes of a node. */
    Pod onNodeWithProcesses(String node) {
        SecurityContext privileged = new SecurityContextBuilder()
                .withPrivileged(true)
                .withRunAsUser(0L)
                .withRunAsNonRoot(false)
                .build();
        return new PodBuilder(with(privileged))
                .editSpec()
                .withNodeName(node)
                .withHostPID(true)
                .endSpec()
                .build();
    }

    /** Describes a pod in a node's own network. */
    Pod onNodeNetwork(String node) {
        return new PodBuilder(with(SecurityProfile.CAPABILITIES.context()))
                .editSpec()
                .withNodeName(node)
                .withHostNetwork(true)
                .withDnsPolicy("Default")
                .endSpec()
                .build();
    }

    /** Describes a pod with a network of its own, which the scheduler places. */
    Pod alone(SecurityProfile profile) {
        return with(profile.context());
    }

    private Pod with(SecurityContext security) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(name.namespace())
                .withName(name.name())
                .addToLabels(SessionLabels.SESSION, sessionId)
                // A proxy of a mesh would take its share of the traffic, or keep the pod from ending.
                .addToLabels("sidecar.istio.io/inject", "false")
                .addToAnnotations("sidecar.istio.io/inject", "false")
                .addToAnnotations("linkerd.io/inject", "disabled")
                .addToAnnotations(SessionLabels.STARTS_BEFORE, startsBefore.toString())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withActiveDeadlineSeconds(
                        settings.deadline().map(Duration::toSeconds).orElse(null))
                .withTolerations(settings.tolerations())
                .withImagePullSecrets(settings.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .addNewContainer()
                .withName(CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withCommand(EphemeralScripts.main(sessionId))
                .withResources(settings.resources())
                .withSecurityContext(security)
                .endContainer()
                .endSpec()
                .build();
    }
}
