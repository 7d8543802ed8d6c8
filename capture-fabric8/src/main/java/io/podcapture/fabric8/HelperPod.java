package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A pod of a session's own, in which commands run; it is gone with the session, and ends by itself when that is killed. */
final class HelperPod {
    private final Cluster cluster;
    private final PodName name;
    private final String sessionId;

    private HelperPod(Cluster cluster, PodName name, String sessionId) {
        this.cluster = cluster;
        this.name = name;
        this.sessionId = sessionId;
    }

    /**
     * Creates the pod and waits until its container runs.
     *
     * @throws CaptureException if it may not be created, or if the kubelet says that it will not run
     */
    static HelperPod create(Cluster cluster, Pod pod, MethodContext context, CleanupScope scope)
            throws InterruptedException {
        PodName name =
                new PodName(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        HelperPod helper = new HelperPod(cluster, name, context.sessionId());
        // Before the call: an answer that is lost on its way does not mean that nothing was made.
        String what = "helper pod " + name;
        scope.onCleanup(what, helper::delete);
        Pod created;
        try {
            created = new ApiCall("create", "pods", what)
                    .change(() -> cluster.client()
                            .pods()
                            .inNamespace(name.namespace())
                            .resource(pod)
                            .create());
        } catch (CaptureException e) {
            throw withoutNamespace(e, name.namespace());
        }
        String image = pod.getSpec().getContainers().get(0).getImage();
        ContainerStart.ofHelper(cluster, name, created.getMetadata().getUid(), HelperPodSpec.CONTAINER, image)
                .await(context);
        return helper;
    }

    /** Asks whether the policies of the cluster admit a pod; makes none. */
    static void tryToCreate(Cluster cluster, Pod pod) throws InterruptedException {
        String namespace = pod.getMetadata().getNamespace();
        try {
            new ApiCall("create", "pods", "namespace " + namespace + " (a dry run)")
                    .read(() -> cluster.client()
                            .pods()
                            .inNamespace(namespace)
                            .resource(pod)
                            .dryRun()
                            .create());
        } catch (CaptureException e) {
            throw withoutNamespace(e, namespace);
        }
    }

    // It is the helper's namespace that is missing, not the target: another method may need none.
    private static CaptureException withoutNamespace(CaptureException e, String namespace) {
        if (e.reason() != FailureReason.TARGET_NOT_FOUND) {
            return e;
        }
        CaptureException missing = new CaptureException(
                FailureReason.PROCESS_FAILED,
                "namespace " + namespace
                        + ", where the helper pod would be, does not exist; make it, or name another: for a"
                        + " debug pod its own, else the helperNamespace");
        missing.addSuppressed(e);
        return missing;
    }

    PodName name() {
        return name;
    }

    RemoteProcess exec(List<String> argv, Duration limit) throws IOException, InterruptedException {
        return new ExecConnector(cluster).start(name, HelperPodSpec.CONTAINER, argv, limit);
    }

    // Another pod may have the name, if ours could not be made.
    private void delete() throws InterruptedException {
        try {
            boolean ours = new ApiCall("get", "pods", "helper pod " + name)
                    .ask(() -> Optional.ofNullable(cluster.pod(name).get())
                            .map(pod -> pod.getMetadata().getLabels())
                            .map(labels -> sessionId.equals(labels.get(SessionLabels.SESSION)))
                            .orElse(false));
            if (ours) {
                new ApiCall("delete", "pods", "helper pod " + name)
                        .ask(() -> cluster.pod(name).delete());
            }
        } catch (CaptureException e) {
            if (e.reason() != FailureReason.TARGET_NOT_FOUND) {
                throw e;
            }
        }
    }
}
