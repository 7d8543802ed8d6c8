package io.podcapture.examples;

import io.podcapture.CaptureResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** A table of the pods, what their packets tell of a failure, and how to see more of them. */
final class DemoWords implements ResultWords {
    private final PrintWriter out;

    DemoWords(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void tell(CaptureResult result) throws IOException {
        out.println();
        OutcomeTable.of(result.points()).forEach(out::println);
        result.points().stream()
                .filter(point -> !point.explanation().isEmpty())
                .forEach(point -> out.println(point.point() + ": " + point.explanation()));
        result.warnings().forEach(warning -> out.println("warning: " + warning));
        result.leftovers().forEach(leftover -> out.println("left: " + leftover));
        out.println();
        if (result.file().isPresent()) {
            tell(result, result.file().get());
        }
        result.parts().forEach(part -> out.println("part file kept: " + part));
    }

    private void tell(CaptureResult result, Path file) throws IOException {
        long packets = result.points().stream()
                .mapToLong(point -> point.statistics().packets())
                .sum();
        List<String> signs = PacketSigns.in(result);
        if (!signs.isEmpty()) {
            out.println("What the packets tell (in parentheses, how Wireshark finds them):");
            signs.forEach(sign -> out.println("  " + sign));
            out.println();
        }
        out.println(packets + " packets in order of time, each with its pod, are in " + file);
        out.println("To see them: wireshark " + file + "   or: tcpdump -n -r " + file);
    }
}
