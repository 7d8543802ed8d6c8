package io.podcapture;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session would do, and which of its methods would work where. Immutable.
 *
 * @since 0.1
 */
public final class CapturePlan {
    private final List<PlannedPoint> points;

    CapturePlan(List<PlannedPoint> points) {
        this.points = List.copyOf(points);
    }

    /** Returns the capture points, in the order of their targets. */
    public List<PlannedPoint> points() {
        return points;
    }

    /** Tells whether each point has a method that is not refused. */
    public boolean feasible() {
        return points.stream().allMatch(point -> point.choice().isPresent());
    }

    /**
     * Returns it in words, some lines for each point and method. Where no method would work, those that are not for such a target
     * are left out, unless none is: nothing could be done about them.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (PlannedPoint point : points) {
            text.append(heading(point)).append('\n');
            Optional<PlannedMethod> choice = point.choice();
            for (PlannedMethod method : told(point)) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-1s %-10s %-10s %s\n",
                        choice.filter(method::equals).isPresent() ? ">" : "",
                        method.name(),
                        word(method.usability()),
                        method.sentence()));
                if (method.usability() != Usability.REFUSED) {
                    method.creates()
                            .forEach(what -> text.append("                         creates ")
                                    .append(what)
                                    .append('\n'));
                }
            }
            if (choice.isEmpty()) {
                text.append("    no method would work\n");
            }
        }
        return text.toString();
    }

    private static List<PlannedMethod> told(PlannedPoint point) {
        List<PlannedMethod> forTarget = point.methods().stream()
                .filter(method -> !method.reason().equals(Optional.of(FailureReason.UNSUPPORTED)))
                .toList();
        return point.choice().isPresent() || forTarget.isEmpty() ? point.methods() : forTarget;
    }

    // A target that names a single pod says it all.
    private static String heading(PlannedPoint point) {
        String target = point.target().toString();
        String name = point.point().toString();
        return target.equals(name) || target.replace(' ', '/').contains(name) ? target : target + ": " + name;
    }

    private static String word(Usability usability) {
        return usability.name().toLowerCase(Locale.ROOT);
    }
}
