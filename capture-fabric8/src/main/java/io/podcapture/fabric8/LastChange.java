package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** When an object was last changed, by the clock of the API server: those of controllers and of this machine may differ. */
final class LastChange {
    private LastChange() {}

    /** Returns when anybody changed it; empty if it does not tell. */
    static Optional<Instant> of(ObjectMeta object) {
        return last(object, any -> true);
    }

    /** Returns when a manager changed what it owns of it; empty if it owns nothing. */
    static Optional<Instant> by(String manager, ObjectMeta object) {
        return last(object, entry -> manager.equals(entry.getManager()));
    }

    private static Optional<Instant> last(ObjectMeta object, Predicate<ManagedFieldsEntry> whose) {
        return object.getManagedFields().stream()
                .filter(whose)
                .flatMap(entry -> Optional.ofNullable(entry.getTime()).stream())
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
    }
}
