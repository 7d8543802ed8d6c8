package io.podcapture.e2e;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The median of some measurements, the least and the greatest; in milliseconds. */
record LatencySpread(OptionalLong median, long least, long greatest) {
    static LatencySpread of(List<Latency> measured, Function<Latency, OptionalLong> part) {
        long[] sorted = measured.stream()
                .map(part)
                .flatMapToLong(OptionalLong::stream)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new LatencySpread(OptionalLong.empty(), 0, 0);
        }
        long upper = sorted[sorted.length / 2];
        long lower = sorted[(sorted.length - 1) / 2];
        return new LatencySpread(OptionalLong.of((lower + upper) / 2), sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return median.isEmpty() ? "-" : median.getAsLong() + " (" + least + "-" + greatest + ")";
    }
}
