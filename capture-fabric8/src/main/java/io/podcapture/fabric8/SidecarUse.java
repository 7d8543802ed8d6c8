package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One session's use of a workload's sidecar. All sessions share the one container, since a second one would be a new roll-out
 * under the first.
 *
 * <p>Each session has a label of its own on the workload, which says until when it counts as alive, and is renewed. A label,
 * since controllers copy annotations to what they make of a workload. Who leaves removes the label first and looks then: the
 * container goes only when nobody else is alive, and only if the workload has not changed since that look.
 */
final class SidecarUse {
    /** The label on a workload that has a sidecar. */
    static final String LABEL = "podcapture.io/sidecar";

    /** Who owns the container. */
    static final String MANAGER = "podcapture";

    private static final String SESSION = "podcapture.io/session-";
    private static final Duration ALIVE = Duration.ofSeconds(60);
    private static final int TRIES = 50;

    private final Workload workload;
    private final String sessionId;
    private final InstantSource clock;

    SidecarUse(Workload workload, String sessionId, InstantSource clock) {
        this.workload = workload;
        this.sessionId = sessionId;
        this.clock = clock;
    }

    /** Says that the session is alive, for the next minute. */
    void renew() throws InterruptedException {
        long until = clock.instant().plus(ALIVE).getEpochSecond();
        // The other label too: a session that is killed before it has added the container must be found.
        workload.apply(
                manager(sessionId),
                Map.of("labels", Map.of(SESSION + sessionId, Long.toString(until), LABEL, "true")),
                Map.of());
    }

    /**
     * Puts the container into the template, if it is not there already and in use by another session.
     *
     * @return whether the container is that of another session, whatever it was made of
     */
    boolean add(SidecarContainer container, SecurityProfile profile) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            WorkloadView seen = workload.look();
            boolean there = seen.hasSidecar();
            if (there && isAlive(others(seen))) {
                return true;
            }
            if (succeeds(() -> workload.apply(
                    MANAGER,
                    Map.of("resourceVersion", seen.resourceVersion(), "labels", Map.of(LABEL, "true")),
                    container.spec(seen, profile)))) {
                return false;
            }
        }
        throw busy();
    }

    /**
     * Takes the container out of the template unless another session is alive.
     *
     * @return whether it was taken out, or was not there
     */
    boolean leave() throws InterruptedException {
        if (workload.find().isEmpty()) {
            return true;
        }
        try {
            forget(sessionId);
            return takeOutUnused();
        } catch (CaptureException e) {
            // Deleted meanwhile.
            if (workload.find().isEmpty()) {
                return true;
            }
            throw e;
        }
    }

    /** Does so without having used it. */
    boolean takeOutUnused() throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            WorkloadView seen = workload.look();
            Map<String, Instant> others = others(seen);
            if (isAlive(others)) {
                return false;
            }
            // The version makes the server refuse it when somebody came in between.
            Map<String, String> version = Map.of("resourceVersion", seen.resourceVersion());
            Optional<String> dead = others.keySet().stream().findFirst();
            String manager = dead.map(SidecarUse::manager).orElse(MANAGER);
            if (succeeds(() -> workload.apply(manager, version, Map.of())) && dead.isEmpty()) {
                requireGone();
                return true;
            }
        }
        throw busy();
    }

    /** Returns the ids of the other sessions that use the workload's sidecar and count as alive no more. */
    Set<String> dead(WorkloadView seen) {
        Map<String, Instant> others = others(seen);
        others.values().removeIf(clock.instant()::isBefore);
        return others.keySet();
    }

    /** Returns until when the other sessions that use the workload's sidecar count as alive, by their ids. */
    Map<String, Instant> others(WorkloadView seen) {
        Map<String, Instant> others = sessions(seen);
        others.remove(sessionId);
        return others;
    }

    /** Returns until when the sessions that use a workload's sidecar count as alive, by their ids. */
    static Map<String, Instant> sessions(WorkloadView seen) {
        Map<String, Instant> sessions = new HashMap<>();
        seen.labels().forEach((key, value) -> {
            if (key.startsWith(SESSION)) {
                sessions.put(key.substring(SESSION.length()), instant(value));
            }
        });
        return sessions;
    }

    private boolean isAlive(Map<String, Instant> sessions) {
        return sessions.values().stream().anyMatch(clock.instant()::isBefore);
    }

    private void forget(String session) throws InterruptedException {
        workload.apply(manager(session), Map.of(), Map.of());
    }

    private interface Change {
        void make() throws InterruptedException;
    }

    private static boolean succeeds(Change change) throws InterruptedException {
        try {
            change.make();
            return true;
        } catch (CaptureException e) {
            if (ApiErrors.isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    // Whoever has applied the whole object as it was meanwhile owns our fields too.
    private void requireGone() throws InterruptedException {
        boolean there = workload.find().map(WorkloadView::hasSidecar).orElse(false);
        if (there) {
            throw new CaptureException(
                    FailureReason.PROCESS_FAILED,
                    "container " + SidecarContainer.NAME + " is still in the template of " + workload
                            + ", since somebody else has applied it too; kubectl get --show-managed-fields names them");
        }
    }

    private CaptureException busy() {
        return new CaptureException(
                FailureReason.PROCESS_FAILED,
                workload + " changes all the time, or somebody else owns container " + SidecarContainer.NAME
                        + " of its template; look with kubectl get --show-managed-fields, and remove the container by"
                        + " hand if nobody uses it");
    }

    private static String manager(String session) {
        return MANAGER + "-" + session;
    }

    // One that cannot be read is nobody's who is alive.
    private static Instant instant(String text) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeException e) {
            return Instant.MIN;
        }
    }
}
