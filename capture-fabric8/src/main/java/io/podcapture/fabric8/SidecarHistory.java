package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.podcapture.spi.MethodContext;
import java.util.stream.Stream;

/** The revisions of a workload that have a sidecar: whoever undid a roll-out would come back to one of them. */
final class SidecarHistory {
    private final Cluster cluster;
    private final Workload workload;

    SidecarHistory(Cluster cluster, Workload workload) {
        this.cluster = cluster;
        this.workload = workload;
    }

    /** Removes them, where they have no pods and the caller may; else says so in a warning. */
    void forget(MethodContext context) throws InterruptedException {
        WorkloadView seen = workload.find().orElse(null);
        // Another session may have brought the sidecar back: then its revision is in use.
        if (seen == null || seen.hasSidecar()) {
            return;
        }
        try {
            switch (workload.kind()) {
                case DEPLOYMENT -> forgetReplicaSets(seen);
                case STATEFULSET, DAEMONSET -> forgetRevisions(seen);
                // Not seen with its own controller, so its versions are left alone.
                case DEPLOYMENTCONFIG -> {}
            }
        } catch (KubernetesClientException e) {
            context.warning(
                    "a revision of " + workload + " with the sidecar stays in its history, and an undo may come back"
                            + " to it: " + ApiErrors.words(e));
        }
    }

    private void forgetReplicaSets(WorkloadView seen) {
        list(cluster.client().apps().replicaSets(), seen)
                .filter(set -> isOurs(set, seen.uid()))
                .forEach(set -> cluster.client().resource(set).delete());
    }

    // The template had no sidecar when it was looked at; a revision that comes into use meanwhile gets another version.
    private void forgetRevisions(WorkloadView seen) {
        list(cluster.client().apps().controllerRevisions(), seen)
                .filter(revision -> isOurs(revision, seen.uid()))
                .forEach(revision -> cluster.client()
                        .resource(revision)
                        .lockResourceVersion(revision.getMetadata().getResourceVersion())
                        .delete());
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> Stream<T> list(
            MixedOperation<T, L, ? extends Resource<T>> all, WorkloadView seen) {
        return all.inNamespace(workload.namespace()).withLabels(seen.selector()).list().getItems().stream();
    }

    private boolean isOurs(ControllerRevision revision, String set) {
        return DeploymentOwner.controller(revision)
                        .filter(owner -> set.equals(owner.getUid()))
                        .isPresent()
                && cluster.client()
                        .getKubernetesSerialization()
                        .asJson(revision.getData())
                        .contains("\"" + SidecarContainer.VOLUME + "\"");
    }

    static boolean isOurs(ReplicaSet set, String deployment) {
        boolean owned = DeploymentOwner.controller(set)
                .filter(owner -> deployment.equals(owner.getUid()))
                .isPresent();
        boolean empty = Integer.valueOf(0).equals(set.getSpec().getReplicas())
                && Integer.valueOf(0).equals(set.getStatus().getReplicas());
        return owned
                && empty
                && set.getSpec().getTemplate().getSpec().getVolumes().stream()
                        .anyMatch(volume -> SidecarContainer.VOLUME.equals(volume.getName()));
    }
}
