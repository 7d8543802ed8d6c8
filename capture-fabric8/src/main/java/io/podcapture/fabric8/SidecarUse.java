package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/**
 * One session's use of a workload's sidecar. All sessions share the one container, since a second one would be a new roll-out
 * under the first.
 *
 * <p>Each session has an annotation of its own on the workload, which says until when it counts as alive, and is renewed. Who
 * leaves removes the annotation first and looks then: the container goes only when nobody else is alive, and only if the
 * workload has not changed since that look.
 */
final class SidecarUse {
    /** The label on a workload that has a sidecar. */
    static final String LABEL = "podcapture.io/sidecar";

    private static final String MANAGER = "podcapture";
    private static final String ANNOTATION = "podcapture.io/session-";
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
        Instant until = clock.instant().plus(ALIVE);
        workload.apply(
                manager(sessionId), Map.of("annotations", Map.of(ANNOTATION + sessionId, until.toString())), Map.of());
    }

    /** Puts the container into the template, if it is not there already and in use by another session. */
    void add(SidecarContainer container, SecurityProfile profile) throws InterruptedException {
        WorkloadView seen = workload.look();
        boolean there = seen.containers(SidecarContainer.NAME).findAny().isPresent();
        if (!there || !isAlive(others(seen))) {
            workload.apply(MANAGER, Map.of("labels", Map.of(LABEL, "true")), container.spec(seen, profile));
        }
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
        forget(sessionId);
        return takeOutUnused();
    }

    /** Does so without having used it. */
    boolean takeOutUnused() throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            WorkloadView seen = workload.look();
            Map<String, Instant> others = others(seen);
            if (isAlive(others)) {
                return false;
            }
            for (String dead : others.keySet()) {
                forget(dead);
            }
            if (others.isEmpty() && takeOut(seen)) {
                return true;
            }
        }
        throw new CaptureException(
                FailureReason.PROCESS_FAILED,
                workload + " changes all the time, and nobody can tell that the sidecar is not used; remove container "
                        + SidecarContainer.NAME + " from its template");
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
        seen.annotations().forEach((key, value) -> {
            if (key.startsWith(ANNOTATION)) {
                sessions.put(key.substring(ANNOTATION.length()), instant(value));
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

    // The version makes the server refuse it when somebody came in between.
    private boolean takeOut(WorkloadView seen) throws InterruptedException {
        try {
            workload.apply(MANAGER, Map.of("resourceVersion", seen.resourceVersion()), Map.of());
            return true;
        } catch (CaptureException e) {
            if (ApiErrors.isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    private static String manager(String session) {
        return MANAGER + "-" + session;
    }

    // One that cannot be read is nobody's who is alive.
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
