package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podcapture.CaptureException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Adds one entry to a pod's ephemeral containers.
 *
 * <p>A strategic merge patch without a version: the server adds the entry to those that are there, and tries again by itself
 * when somebody else changes the pod at the same time.
 */
final class EphemeralPatch {
    private final Cluster cluster;
    private final PodName pod;
    private final HelperSettings settings;
    private final String sessionId;

    EphemeralPatch(Cluster cluster, PodName pod, HelperSettings settings, String sessionId) {
        this.cluster = cluster;
        this.pod = pod;
        this.settings = settings;
        this.sessionId = sessionId;
    }

    /**
     * Returns the narrowest rights that the policies of the cluster allow, found by dry runs.
     *
     * @throws CaptureException if they allow none, with the server's words for each
     */
    SecurityProfile firstAllowed() throws InterruptedException {
        return SecurityProfile.firstAllowed(where(), profile -> send(profile, true));
    }

    /** Returns the narrowest rights that they do not refuse, for a start. */
    SecurityProfile firstNotRefused() throws InterruptedException {
        return SecurityProfile.firstNotRefused(where(), profile -> send(profile, true));
    }

    private String where() {
        return "as an ephemeral container in namespace " + pod.namespace();
    }

    /** Adds the entry. */
    void apply(SecurityProfile profile) throws InterruptedException {
        send(profile, false);
    }

    private void send(SecurityProfile profile, boolean dryRun) throws InterruptedException {
        PatchContext patch = PatchContext.of(PatchType.STRATEGIC_MERGE);
        if (dryRun) {
            patch.setDryRun(List.of("All"));
        }
        String json = cluster.client().getKubernetesSerialization().asJson(entry(profile));
        ApiCall call = new ApiCall("patch", "pods/ephemeralcontainers", "pod " + pod);
        // A pod of just a name keeps the client from reading the subresource first, which would need a right more.
        Supplier<Pod> send = () -> cluster.client()
                .pods()
                .inNamespace(pod.namespace())
                .resource(named())
                .ephemeralContainers()
                .patch(patch, json);
        if (dryRun) {
            // A dry run changes nothing.
            call.read(send);
        } else {
            call.change(send);
        }
    }

    private Pod named() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .build();
    }

    // No target container: sharing its processes is not needed, and some runtimes refuse it.
    private Pod entry(SecurityProfile profile) {
        return new PodBuilder()
                .withNewSpec()
                .addToEphemeralContainers(new EphemeralContainerBuilder()
                        .withName(EphemeralContainerName.of(sessionId))
                        .withImage(settings.image())
                        .withImagePullPolicy(settings.pullPolicy())
                        .withCommand(EphemeralScripts.main(sessionId))
                        .withSecurityContext(profile.context())
                        .build())
                .endSpec()
                .build();
    }
}
