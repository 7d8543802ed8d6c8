package io.podcapture.examples;

import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketSplit;
import io.podcapture.pcap.SplitReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podcapture split}. */
@Command(name = "split", description = "Copies a capture file into several.")
final class SplitCommand extends FileCommand {
    @ArgGroup(multiplicity = "1")
    private @Nullable Rule rule;

    @Option(
            names = {"-w", "--write"},
            paramLabel = "DIR",
            required = true,
            description = "Directory to write to; made if it is not there.")
    private Path directory = Path.of("");

    @Mixin
    private KeptFormat format = new KeptFormat();

    @Parameters(paramLabel = "IN", description = "File of pcap or pcapng, also in gzip.")
    private Path input = Path.of("");

    /** One of them. */
    private static final class Rule {
        @Option(names = "--every", paramLabel = "TIME", description = "A file for each span of time, for instance 10s.")
        private Optional<Duration> every = Optional.empty();

        @Option(names = "--size", paramLabel = "OCTETS", description = "Files of at most that many octets.")
        private Optional<Long> size = Optional.empty();

        @Option(names = "--packets", paramLabel = "N", description = "Files of that many packets.")
        private Optional<Long> packets = Optional.empty();

        @Option(names = "--by", paramLabel = "interface", description = "A file for each interface.")
        private Optional<Key> by = Optional.empty();
    }

    /** What {@code --by} takes. */
    private enum Key {
        INTERFACE
    }

    @Override
    FileOutcome run() throws IOException {
        // The parser gives one, or has refused.
        Rule chosen = Objects.requireNonNull(rule);
        PacketSplit split = PacketFiles.split(input);
        format.chosen().ifPresent(split::format);
        chosen.every.ifPresent(split::every);
        chosen.size.ifPresent(split::size);
        chosen.packets.ifPresent(split::packets);
        chosen.by.ifPresent(key -> split.byInterface());
        SplitReport report = split.writeTo(directory);
        return new FileOutcome(
                report.files().stream().map(SplitReport.File::toString).toList(),
                FileCounts.notes(report.copy()),
                FileCounts.damage(input, report.copy().reading()),
                List.of()) {
            @Override
            Map<String, Object> counts() {
                return SplitCommand.counts(report);
            }
        };
    }

    private static Map<String, Object> counts(SplitReport report) {
        Map<String, Object> counts = FileCounts.of(report.copy());
        counts.put("files", report.files().stream().map(SplitCommand::counts).toList());
        return counts;
    }

    private static Map<String, Object> counts(SplitReport.File file) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("file", file.path().toString());
        counts.put("packets", file.packets());
        counts.put("octets", file.octets());
        return counts;
    }
}
