package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a deployment is scaled whose roll-out is paused: its replica sets keep their shares, and no new one is made. */
final class PausedScale {
    private PausedScale() {}

    /**
     * Returns what is to be done.
     *
     * @param sets all of the deployment; the last is scaled where none has pods
     */
    static List<ScaleStep> steps(Map<String, Object> deployment, List<ScaleStep.Scaled> sets) {
        long wanted = Fields.number(deployment, 1, "spec", "replicas");
        List<ScaleStep.Scaled> active = new ArrayList<>(sets);
        active.removeIf(set -> set.replicas() == 0);
        if (active.isEmpty() && !sets.isEmpty()) {
            active.add(sets.get(sets.size() - 1));
        }
        if (active.size() < 2) {
            return active.stream()
                    .filter(set -> set.replicas() != wanted)
                    .map(set -> set.to(wanted))
                    .toList();
        }
        // Amid a roll-out there are as many as its surge lets there be.
        long room =
                wanted == 0 ? 0 : wanted + RollingUpdate.of(deployment, wanted).surge();
        return shared(active, room);
    }

    // The largest takes what rounding leaves.
    private static List<ScaleStep> shared(List<ScaleStep.Scaled> active, long room) {
        List<ScaleStep.Scaled> largestFirst = new ArrayList<>(active);
        largestFirst.sort(Comparator.comparingLong(ScaleStep.Scaled::replicas).reversed());
        long all = active.stream().mapToLong(ScaleStep.Scaled::replicas).sum();
        long left = room;
        List<ScaleStep> steps = new ArrayList<>();
        for (ScaleStep.Scaled set : largestFirst.subList(1, largestFirst.size())) {
            long share = Math.min(left, Math.round((double) set.replicas() * room / all));
            left -= share;
            steps.add(set.to(share));
        }
        steps.add(0, largestFirst.get(0).to(left));
        steps.removeIf(step -> step.replicas() == Fields.number(step.set(), 1, "spec", "replicas"));
        return steps;
    }
}
