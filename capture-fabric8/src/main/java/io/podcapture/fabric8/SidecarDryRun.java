package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @throws CaptureException if they allow none; STREAM_LOST if it could not be asked: what else is wrong with a pod that only
     *     a controller would make says nothing of the workload
     */
    SecurityProfile firstAllowed(WorkloadView seen) throws InterruptedException {
        return SecurityProfile.firstAllowed(where(), profile -> {
            try {
                HelperPod.tryToCreate(cluster, pod(seen, profile));
            } catch (CaptureException e) {
                throw e.reason() == FailureReason.POLICY_DENIED
                        ? e
                        : new CaptureException(FailureReason.STREAM_LOST, ApiErrors.words(e), e);
            }
        });
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

    // The volumes of a stateful set's claims stand in its pods only.
    private static void addClaimed(PodSpec spec) {
        Set<String> there =
                spec.getVolumes().stream().map(Volume::getName).collect(Collectors.toCollection(HashSet::new));
        Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(VolumeMount::getName)
                .filter(there::add)
                .forEach(name -> spec.getVolumes()
                        .add(new VolumeBuilder()
                                .withName(name)
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .build()));
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
        addClaimed(pod.getSpec());
        container.putInto(pod.getSpec(), seen, profile);
        return pod;
    }
}
