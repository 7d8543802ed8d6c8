package io.podcapture.examples;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells of equal number, put below each other; numbers to the right. */
final class TextTable {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String space = " ".repeat(width(column) - cell.length());
            padded.add(isNumber(column) ? space + cell : cell + space);
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    // Below the first row, which has the names of the columns.
    private boolean isNumber(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9]+|-"));
    }
}
