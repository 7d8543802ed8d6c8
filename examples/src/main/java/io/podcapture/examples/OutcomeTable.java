package io.podcapture.examples;

import io.podcapture.CaptureStatistics;
import io.podcapture.PointResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the capture of each point went, a row each. */
final class OutcomeTable {
    private static final List<String> HEADER = List.of("POD", "NODE", "METHOD", "CAPTURED", "DROPPED", "OUTCOME");
    private static final String UNKNOWN = "-";

    private OutcomeTable() {}

    static List<String> of(List<PointResult> points) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        points.forEach(point -> rows.add(row(point)));
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static List<String> row(PointResult point) {
        CaptureStatistics counted = point.statistics();
        boolean told = counted.droppedByKernel().isPresent();
        return List.of(
                point.point().name(),
                Optional.ofNullable(point.point().attributes().get("node")).orElse(UNKNOWN),
                point.method().orElse(UNKNOWN),
                Long.toString(counted.packets()),
                told ? Long.toString(counted.dropped()) : UNKNOWN,
                point.outcome().name());
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
            line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 3));
        }
        return line.toString().stripTrailing();
    }
}
