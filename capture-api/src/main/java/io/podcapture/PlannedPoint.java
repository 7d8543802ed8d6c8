package io.podcapture;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one capture point before anything is done.
 *
 * @param target by which it was found
 * @param point where it would be captured
 * @param methods in the order in which they would be tried
 * @since 0.1
 */
public record PlannedPoint(Target target, CapturePoint point, List<PlannedMethod> methods) {
    /** Copies the list. */
    public PlannedPoint {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(point, "point");
        methods = List.copyOf(methods);
    }

    /** Returns the method that would be tried first; empty if all are refused. */
    public Optional<PlannedMethod> choice() {
        return methods.stream()
                .filter(method -> method.usability() != Usability.REFUSED)
                .findFirst();
    }
}
