package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;

/**
 * Asks whether the cluster would admit the pods of a workload with the sidecar in them. The policies of a namespace look at pods
 * only, so a workload that breaks them would be accepted and never have pods.
 */
final class SidecarDryRun {
    private final Cluster cluster;
    private final Workload workload;
    private final SidecarContainer container;

    SidecarDryRun(Cluster cluster, Workload workload, SidecarContainer container) {
        this.cluster = cluster;
        this.workload = workload;
        this.container = container;
    }

    /**
     * Returns the narrowest rights that the policies allow.
     *
     * @throws CaptureException if they allow none, or if it could not be asked
     */
    SecurityProfile firstAllowed(WorkloadView seen) throws InterruptedException {
        return SecurityProfile.firstAllowed(where(), profile -> HelperPod.tryToCreate(cluster, pod(seen, profile)));
    }

    /**
     * Returns the narrowest rights that the policies do not refuse: who may not create pods cannot ask, and the roll-out will
     * tell.
     *
     * @throws CaptureException if they refuse all
     */
    SecurityProfile firstNotRefused(WorkloadView seen) throws InterruptedException {
        return SecurityProfile.firstAllowed(where(), profile -> {
            try {
                HelperPod.tryToCreate(cluster, pod(seen, profile));
            } catch (CaptureException e) {
                if (e.reason() == FailureReason.POLICY_DENIED) {
                    throw e;
                }
            }
        });
    }

    private String where() {
        return "in namespace " + workload.namespace();
    }

    private Pod pod(WorkloadView seen, SecurityProfile profile) {
        PodTemplateSpec template =
                cluster.client().getKubernetesSerialization().convertValue(seen.template(), PodTemplateSpec.class);
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(workload.namespace())
                .withGenerateName("podcapture-dry-run-")
                .withLabels(template.getMetadata().getLabels())
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        container.putInto(pod.getSpec(), seen, profile);
        return pod;
    }
}
