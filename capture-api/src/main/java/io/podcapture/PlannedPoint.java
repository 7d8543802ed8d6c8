package io.podcapture;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one capture point before anything is done. Immutable.
 *
 * @since 0.1
 */
public final class PlannedPoint {
    private final Target target;
    private final CapturePoint point;
    private final List<PlannedMethod> methods;

    PlannedPoint(Target target, CapturePoint point, List<PlannedMethod> methods) {
        this.target = Objects.requireNonNull(target, "target");
        this.point = Objects.requireNonNull(point, "point");
        this.methods = List.copyOf(methods);
    }

    /** Returns the target by which it was found. */
    public Target target() {
        return target;
    }

    /** Returns where it would be captured. */
    public CapturePoint point() {
        return point;
    }

    /** Returns the methods in the order in which they would be tried. */
    public List<PlannedMethod> methods() {
        return methods;
    }

    /** Returns the method that would be tried first; empty if all are refused. */
    public Optional<PlannedMethod> choice() {
        return methods.stream()
                .filter(method -> method.usability() != Usability.REFUSED)
                .findFirst();
    }

    /** Returns it in words, for messages. */
    @Override
    public String toString() {
        return target + " at " + point + ": " + methods;
    }
}
