package io.podcapture.examples;

import io.podcapture.CaptureStatistics;
import io.podcapture.PointResult;
import java.util.List;

/** How the capture of each point went, a row each. */
final class OutcomeTable {
    private static final String UNKNOWN = "-";

    private OutcomeTable() {}

    static List<String> of(List<PointResult> points) {
        TextTable table = new TextTable();
        table.add("POD", "NODE", "METHOD", "CAPTURED", "DROPPED", "OUTCOME");
        for (PointResult point : points) {
            CaptureStatistics counted = point.statistics();
            table.add(
                    point.point().name(),
                    point.point().attributes().getOrDefault("node", UNKNOWN),
                    point.method().orElse(UNKNOWN),
                    Long.toString(counted.packets()),
                    counted.droppedByKernel().isPresent() ? Long.toString(counted.dropped()) : UNKNOWN,
                    point.outcome().name());
        }
        return table.lines();
    }
}
