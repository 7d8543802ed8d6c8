package io.podcapture.examples;

import io.podcapture.CaptureResult;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A table of the pods, what their packets tell of a failure, and how to see more of them. */
final class DemoWords implements ResultWords {
    private final PrintWriter out;
    private final Path file;

    /**
     * Tells of a capture.
     *
     * @param file that it is in, as the user calls it
     */
    DemoWords(PrintWriter out, Path file) {
        this.out = out;
        this.file = file;
    }

    @Override
    public void tell(CaptureResult result) throws IOException {
        out.println();
        OutcomeTable.of(result.points()).forEach(out::println);
        legend(result);
        if (result.outcome() == Outcome.COMPLETE) {
            out.println(
                    "COMPLETE is proven: no packet was dropped, and none was still in a kernel buffer when the capture ended.");
        }
        result.points().stream()
                .filter(point -> !point.explanation().isEmpty())
                .forEach(point -> out.println(point.point() + ": " + point.explanation()));
        result.warnings().forEach(warning -> out.println("warning: " + warning));
        result.leftovers().forEach(leftover -> out.println("left: " + leftover));
        result.parts().forEach(part -> out.println("part file kept: " + part));
        if (result.file().isPresent()) {
            out.println();
            signs(result);
            file(result);
        }
    }

    private void legend(CaptureResult result) {
        String methods = result.points().stream()
                .flatMap(point -> point.method().stream())
                .distinct()
                .map(method -> method + ", " + whereTcpdumpRan(method))
                .collect(Collectors.joining("; "));
        if (!methods.isEmpty()) {
            out.println("METHOD is where tcpdump ran: " + methods + ".");
        }
    }

    private static String whereTcpdumpRan(String method) {
        return switch (method) {
            case "exec" -> "in a container of the pod";
            case "ephemeral" -> "in a container added to the pod";
            case "upload" -> "in a container of the pod, sent there";
            case "node" -> "in a privileged pod on the node";
            case "pod" -> "in a temporary pod";
            default -> "see docs/methods.md";
        };
    }

    private void signs(CaptureResult result) throws IOException {
        List<String> signs = PacketSigns.in(result);
        if (!signs.isEmpty()) {
            signs.forEach(out::println);
            out.println();
        }
    }

    private void file(CaptureResult result) {
        long packets = result.points().stream()
                .mapToLong(point -> point.statistics().packets())
                .sum();
        out.println(packets + " packets in order of time are in " + file);
        result.manifest()
                .map(manifest -> file.resolveSibling(manifest.getFileName()))
                .ifPresent(manifest -> out.println("All counts, and why other methods were passed over: " + manifest));
        if (result.points().size() > 1) {
            PointResult first = result.points().get(0);
            out.println("What one pod sends another is in it twice, as each saw it. One pod's view, in Wireshark: "
                    + "frame.interface_name == \"" + first.point() + ":" + first.interfaceName() + "\"");
        }
        out.println("Open it: wireshark " + file + "   or: tcpdump -n -r " + file);
    }
}
