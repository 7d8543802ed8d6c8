package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Predicate;

/** Tells whether a pod is managed by one object itself, a stateful set for instance, and not by another of its name. */
record ControllerOwner(String kind, String uid) implements Predicate<PodView> {
    static ControllerOwner of(HasMetadata object) {
        return new ControllerOwner(object.getKind(), object.getMetadata().getUid());
    }

    @Override
    public boolean test(PodView pod) {
        return pod.controller()
                .filter(reference -> kind.equals(reference.getKind()) && uid.equals(reference.getUid()))
                .isPresent();
    }
}
