package io.podcapture.fabric8;

import io.podcapture.CapturePoint;
import java.util.Optional;
import java.util.function.Predicate;

/** Says which of the pods with the right name or labels belong to a target and can be captured now. */
final class PodMembers {
    private final String place;
    private final Optional<String> container;
    private final Predicate<PodView> owned;

    /**
     * Makes it.
     *
     * @param container the container that the target names
     * @param owned whether a pod belongs to the target; may ask the API server
     */
    PodMembers(String place, Optional<String> container, Predicate<PodView> owned) {
        this.place = place;
        this.container = container;
        this.owned = owned;
    }

    // A container that the pod does not have at all is told by the method, which names those it has.
    boolean has(PodView pod) {
        boolean ready =
                container.filter(pod.containers()::contains).map(pod::runs).orElse(true);
        return pod.running() && ready && owned.test(pod);
    }

    CapturePoint point(PodView pod) {
        return pod.point(place, container);
    }
}
