package io.podcapture;

import java.util.List;

/** How the captures of one target went. */
record TargetReport(Target target, List<PointResult> points) implements TargetResult {
    @Override
    public Outcome outcome() {
        return overall(points);
    }

    /**
     * Returns the outcome of several: the same when all are alike, else the worst but FAILED, which reads TRUNCATED while
     * another point has packets.
     */
    static Outcome overall(List<PointResult> points) {
        Outcome worst = points.stream()
                .map(PointResult::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.COMPLETE);
        boolean allFailed = points.stream().allMatch(point -> point.outcome() == Outcome.FAILED);
        return worst == Outcome.FAILED && !allFailed ? Outcome.TRUNCATED : worst;
    }
}
