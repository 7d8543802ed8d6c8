package io.podcapture.examples;

import io.podcapture.pcap.CopyReport;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketSelection;
import io.podcapture.pcap.SelectionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podcapture filter}. */
@Command(
        name = "filter",
        description =
                "Copies the packets that a capture filter matches, as tcpdump -r IN -w OUT EXPR does, without libpcap.")
final class FilterCommand extends FileCommand {
    @Mixin
    private WrittenFile output = new WrittenFile();

    @Option(names = "--invert", description = "Copies the packets that do not match.")
    private boolean invert;

    @Mixin
    private InnerPackets inner = new InnerPackets();

    @Mixin
    private TimeWindow window = new TimeWindow();

    @Option(names = "--limit", paramLabel = "N", description = "Ends after N packets.")
    private Optional<Long> limit = Optional.empty();

    @Mixin
    private KeptFormat format = new KeptFormat();

    @Parameters(
            paramLabel = "EXPR",
            index = "0",
            description = "In the language of pcap-filter(7), in quotes; '' for all packets.")
    private String expression = "";

    @Parameters(paramLabel = "IN", index = "1", description = "File of pcap or pcapng, also in gzip.")
    private Path input = Path.of("");

    static FilterCommand of(PlainArguments plain) {
        FilterCommand command = new FilterCommand();
        command.output = WrittenFile.of(plain.required("-w"));
        command.format = KeptFormat.of(plain.option("--format"));
        command.expression = plain.operands(2).get(0);
        command.input = Path.of(plain.operands(2).get(1));
        return command;
    }

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        PacketSelection selection = PacketFiles.filter(input, expression);
        if (window.from().isPresent()) {
            selection.from(window.from().get());
        }
        if (window.to().isPresent()) {
            selection.to(window.to().get());
        }
        if (limit.isPresent()) {
            selection.limit(limit.get());
        }
        if (format.chosen().isPresent()) {
            selection.format(format.chosen().get());
        }
        if (invert) {
            selection.invert();
        }
        if (inner.wanted()) {
            selection.inner();
        }
        SelectionReport report = selection.writeTo(output.sink());
        CopyReport copy = report.copy();
        List<String> notes = new ArrayList<>(FileCounts.notes(copy));
        notes.addAll(PacketChoice.notes(input, report.refusals()));
        String words = WrittenFile.line(
                copy.packetsWritten(),
                output.path().toString(),
                Optional.of("of " + copy.packetsRead() + " in " + input));
        return new FileOutcome(List.of(words), notes, FileCounts.damage(input, copy.reading()), List.of()) {
            @Override
            Map<String, Object> counts() {
                return FilterCommand.counts(report);
            }
        };
    }

    private static Map<String, Object> counts(SelectionReport report) {
        Map<String, Object> counts = FileCounts.of(report.copy());
        counts.put(
                "linkTypesWithoutFilter",
                report.refusals().keySet().stream().map(type -> type.name()).toList());
        return counts;
    }
}
