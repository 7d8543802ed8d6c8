package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.spi.MethodContext;
import java.time.Duration;
import java.util.List;

/**
 * The pods of a StatefulSet whose sidecar never started, since its image is missing for instance: they were never ready. The
 * set's controller waits for them for ever, also when the template has long been what it was: somebody must delete them.
 */
final class StuckPods {
    private static final int CONFLICT = 409;

    private final Cluster cluster;
    private final Workload workload;

    StuckPods(Cluster cluster, Workload workload) {
        this.cluster = cluster;
        this.workload = workload;
    }

    /** Deletes them once the controller has seen that the sidecar is gone; warns of those that stay. */
    void remove(RollOut back, Duration limit, MethodContext context) throws InterruptedException {
        // Before, it would make the same pod again.
        if (workload.kind() != WorkloadKind.STATEFULSET || !back.awaitObserved(limit)) {
            return;
        }
        WorkloadView before = workload.look();
        List<Pod> pods = new ApiCall("list", "pods", workload.toString())
                .ask(() -> cluster.client()
                        .pods()
                        .inNamespace(workload.namespace())
                        .withLabels(before.selector())
                        .list()
                        .getItems());
        // Looked at after the list: if another session has the sidecar in by then, the pods may be those of its
        // roll-out.
        WorkloadView seen = workload.look();
        if (seen.hasSidecar()) {
            return;
        }
        for (Pod pod : pods) {
            if (isStuck(pod, seen.uid())) {
                remove(pod, context);
            }
        }
    }

    /** Tells whether a pod of the workload waits for a sidecar that never started: then it was never ready. */
    static boolean isStuck(Pod pod, String workload) {
        PodView view = new PodView(pod);
        return !view.deleted()
                && view.hasVolume(SidecarContainer.VOLUME)
                && !Readiness.isPodReady(pod)
                && !view.everStarted(SidecarContainer.NAME)
                && view.controller()
                        .filter(owner -> workload.equals(owner.getUid()))
                        .isPresent();
    }

    private void remove(Pod pod, MethodContext context) {
        try {
            // As it was seen: one that has become ready meanwhile is not stuck, and another may have its name.
            cluster.client()
                    .resource(pod)
                    .lockResourceVersion(pod.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                context.warning("pod " + new PodView(pod).name() + " never became ready with the sidecar, and "
                        + workload + " waits for it until somebody deletes it: " + ApiErrors.words(e));
            }
        }
    }
}
