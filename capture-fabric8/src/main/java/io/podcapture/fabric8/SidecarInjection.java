package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** The sidecar of a session in one workload, from the patch that adds it to the one that takes it out again. */
final class SidecarInjection {
    private static final Duration RENEW = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final Workload workload;
    private final Cluster cluster;
    private final SidecarContainer container;
    private final MethodContext context;
    private final SidecarUse use;
    private final Set<String> deadSessions;
    private volatile boolean over;

    // Guarded by this.
    private boolean undone;

    private volatile Timers.Handle renewal = () -> {};

    private SidecarInjection(
            Workload workload, WorkloadView seen, Cluster cluster, SidecarContainer container, MethodContext context) {
        this.workload = workload;
        this.cluster = cluster;
        this.container = container;
        this.context = context;
        this.use = new SidecarUse(workload, context.sessionId(), InstantSource.system());
        this.deadSessions = use.dead(seen);
    }

    /** Adds the container and waits until all pods have it. */
    static SidecarInjection into(
            Workload named, Cluster cluster, SidecarContainer container, MethodContext context, CleanupScope scope)
            throws InterruptedException {
        WorkloadView seen = named.look();
        Workload workload = named.only(seen);
        seen.refusal().ifPresent(why -> {
            throw new CaptureException(
                    FailureReason.UNSUPPORTED,
                    "a sidecar cannot be put into " + workload + ": " + why + "; or use ephemeral");
        });
        SidecarInjection injection = new SidecarInjection(workload, seen, cluster, container, context);
        SecurityProfile profile = new SidecarDryRun(cluster, workload, container).firstNotRefused(seen);
        // Before the call: an answer that is lost on its way does not mean that nothing was changed.
        scope.onCleanup("container " + SidecarContainer.NAME + " in the template of " + workload, injection::end);
        injection.begin();
        if (injection.use.add(container, profile)) {
            context.warning(
                    workload + " has a sidecar of another session already: what this one says of image, resources and"
                            + " volume does not count");
        }
        injection.awaitRollOut();
        return injection;
    }

    /** Returns the ids of sessions that were killed and may have left files in the pods. */
    Set<String> deadSessions() {
        return deadSessions;
    }

    private void begin() throws InterruptedException {
        try {
            use.renew();
        } catch (CaptureException e) {
            // An answer that was lost may have been a yes; any other means that there is nothing to undo.
            over = e.reason() != FailureReason.STREAM_LOST;
            undone = over;
            throw e;
        }
        renewLater();
    }

    private void awaitRollOut() throws InterruptedException {
        RollOut rollOut = new RollOut(cluster, workload, container.image());
        boolean settled = false;
        try {
            settled = rollOut.await(context.remaining());
        } finally {
            if (!settled) {
                context.diagnostic("the roll-out had not settled: " + rollOut.waitsFor());
            }
        }
        if (!settled) {
            String why = "the roll-out had not settled in time: " + rollOut.waitsFor();
            // Some controllers say what is wrong nowhere else.
            throw workload.lastWarning(SidecarUse.MANAGER)
                    .map(words -> new CaptureException(reason(words), why + "; its controller says: " + words))
                    .orElseGet(() -> new CaptureException(
                            FailureReason.START_TIMEOUT, why + "; a longer startTimeout may help"));
        }
    }

    private static FailureReason reason(String words) {
        return words.contains("forbidden") ? ApiErrors.reasonOfForbidden(words) : FailureReason.START_TIMEOUT;
    }

    private void renewLater() {
        renewal = context.timers().after(RENEW, () -> context.executor().execute(this::renew));
    }

    // Never beside the end: a renewal that came after it would leave its mark on the workload.
    private synchronized void renew() {
        if (over) {
            return;
        }
        try {
            use.renew();
        } catch (CaptureException e) {
            // The next try comes before the session counts as dead.
            context.diagnostic("the use of the sidecar could not be renewed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            renewLater();
        }
    }

    private void end() throws InterruptedException {
        boolean takenOut;
        synchronized (this) {
            if (undone) {
                return;
            }
            over = true;
            renewal.cancel();
            takenOut = use.leave();
        }
        if (takenOut) {
            awaitWayBack();
        }
        synchronized (this) {
            // Only now: who was interrupted in any of it is called again.
            undone = true;
        }
    }

    private void awaitWayBack() throws InterruptedException {
        RollOut back = new RollOut(cluster, workload, container.image());
        String trouble = "";
        try {
            if (workload.find().isEmpty()) {
                return;
            }
            new StuckPods(cluster, workload).remove(back, SETTLE, context);
            if (back.awaitAlone(SETTLE)) {
                new SidecarHistory(cluster, workload).forget(context);
                return;
            }
            trouble = "had not settled after " + SETTLE.toSeconds() + " s: " + back.waitsFor();
        } catch (CaptureException e) {
            trouble = "could not be seen to settle: " + e.getMessage();
        }
        context.warning("the sidecar is out of the template of " + workload
                + ", but the roll-out that removes it from the pods " + trouble);
    }
}
