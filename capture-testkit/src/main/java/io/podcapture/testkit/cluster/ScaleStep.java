package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The next step of a roll-out.
 *
 * @param set the replica set
 * @param replicas how many it is to have
 */
record ScaleStep(Map<String, Object> set, long replicas) {
    /** A set, how many pods it is to have, and how many of these are ready. */
    record Scaled(Map<String, Object> set, long replicas, long available) {
        static Scaled of(Map<String, Object> set, TemplatePods pods) {
            long replicas = Fields.number(set, 1, "spec", "replicas");
            return new Scaled(set, replicas, Math.min(replicas, TemplatePods.ready(pods.active(set))));
        }

        ScaleStep to(long count) {
            return new ScaleStep(set, count);
        }
    }

    /**
     * Returns the next step; empty if there is none now.
     *
     * @param old the sets of other templates
     */
    static Optional<ScaleStep> next(
            Map<String, Object> deployment, Scaled current, List<Scaled> old, boolean oldPodsAreGone) {
        long wanted = Fields.number(deployment, 1, "spec", "replicas");
        if (current.replicas() > wanted) {
            return Optional.of(current.to(wanted));
        }
        if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
            Optional<ScaleStep> down =
                    old.stream().filter(set -> set.replicas() > 0).findFirst().map(set -> set.to(0));
            boolean up = down.isEmpty() && oldPodsAreGone && current.replicas() < wanted;
            return up ? Optional.of(current.to(wanted)) : down;
        }
        RollingUpdate limits = RollingUpdate.of(deployment, wanted);
        long all = current.replicas() + old.stream().mapToLong(Scaled::replicas).sum();
        long room = Math.min(wanted - current.replicas(), wanted + limits.surge() - all);
        return room > 0
                ? Optional.of(current.to(current.replicas() + room))
                : down(current, old, all, wanted - limits.unavailable());
    }

    private static Optional<ScaleStep> down(Scaled current, List<Scaled> old, long all, long least) {
        long room = all - least - (current.replicas() - current.available());
        if (room <= 0) {
            return Optional.empty();
        }
        // What is not ready can go first: nobody misses it.
        for (Scaled set : old) {
            if (set.available() < set.replicas()) {
                return Optional.of(set.to(Math.max(set.available(), set.replicas() - room)));
            }
        }
        List<Scaled> sets = new ArrayList<>(old);
        sets.add(current);
        long spare = sets.stream().mapToLong(Scaled::available).sum() - least;
        return old.stream()
                .filter(set -> set.replicas() > 0 && spare > 0)
                .findFirst()
                .map(set -> set.to(Math.max(0, set.replicas() - spare)));
    }
}
