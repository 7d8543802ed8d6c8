package io.podcapture;

import java.util.List;

/** How the captures of one target went. */
record TargetReport(Target target, List<PointResult> points) implements TargetResult {
    @Override
    public Outcome outcome() {
        return overall(points.stream().map(PointResult::outcome).toList());
    }

    /**
     * Returns the outcome of several: the same when all are alike, else the worst but FAILED, which reads TRUNCATED while
     * another point has packets.
     */
    static Outcome overall(List<Outcome> outcomes) {
        Outcome worst = outcomes.stream().max(Outcome::compareTo).orElse(Outcome.COMPLETE);
        boolean allFailed = outcomes.stream().allMatch(outcome -> outcome == Outcome.FAILED);
        return worst == Outcome.FAILED && !allFailed ? Outcome.TRUNCATED : worst;
    }
}
