package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ephemeral container of a session in one pod, from the patch that adds it to the end of its main process. */
final class EphemeralContainer {
    private static final Duration END = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final CapturePoint point;
    private final String sessionId;
    private final SecurityProfile profile;

    private EphemeralContainer(Cluster cluster, CapturePoint point, String sessionId, SecurityProfile profile) {
        this.cluster = cluster;
        this.point = point;
        this.sessionId = sessionId;
        this.profile = profile;
    }

    /** Adds the container and waits until it runs. */
    static EphemeralContainer add(
            Cluster cluster, HelperSettings settings, CapturePoint point, MethodContext context, CleanupScope scope)
            throws InterruptedException {
        cluster.look(point);
        PodName pod = PodName.of(point);
        String id = context.sessionId();
        String what = "ephemeral container " + EphemeralContainerName.of(id) + " in pod " + pod;
        EphemeralPatch patch = new EphemeralPatch(cluster, pod, settings, id);
        EphemeralContainer container = new EphemeralContainer(cluster, point, id, patch.firstNotRefused());
        // Before the patch: an answer that is lost on its way does not mean that nothing was added.
        scope.onCleanup(what, container::end);
        patch.apply(container.profile);
        scope.remains(what, "Kubernetes cannot remove its entry; what ran in it has ended");
        ContainerStart.ofEphemeral(cluster, point, EphemeralContainerName.of(id), settings.image())
                .await(context);
        return container;
    }

    SecurityProfile profile() {
        return profile;
    }

    RemoteProcess exec(List<String> argv, Duration limit) throws IOException, InterruptedException {
        return new ExecConnector(cluster).start(PodName.of(point), EphemeralContainerName.of(sessionId), argv, limit);
    }

    // The main process would end by itself soon; a container that does not run needs no end.
    private void end() throws IOException, InterruptedException {
        try {
            if (!cluster.look(point).runs(EphemeralContainerName.of(sessionId))) {
                return;
            }
        } catch (CaptureException e) {
            if (e.reason() == FailureReason.TARGET_NOT_FOUND) {
                return;
            }
            throw e;
        }
        try (RemoteProcess script = exec(EphemeralScripts.end(sessionId), END)) {
            script.exitStatus().toCompletableFuture().get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException killed) {
            // With the main process everything in the container ends, this script too: often it tells no status.
        } catch (TimeoutException e) {
            throw new IOException("its main process did not end within " + END.toSeconds() + " s", e);
        }
    }
}
