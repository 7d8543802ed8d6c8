package io.podcapture.examples;

import io.podcapture.pcap.CopyReport;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketSlice;
import io.podcapture.pcap.SliceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code podcapture slice}. */
@Command(
        name = "slice",
        description =
                "Copies the packets of a window of time. A plain pcap file is taken for one capture with one header; files"
                        + " glued together are read whole where the output is -.")
final class SliceCommand extends FileCommand {
    @Mixin
    private WrittenFile output = new WrittenFile();

    @Mixin
    private TimeWindow window = new TimeWindow();

    @Mixin
    private PacketChoice choice = new PacketChoice();

    @Mixin
    private KeptFormat format = new KeptFormat();

    @Parameters(paramLabel = "IN", description = "File of pcap or pcapng, also in gzip.")
    private Path input = Path.of("");

    static SliceCommand of(PlainArguments plain) {
        SliceCommand command = new SliceCommand();
        command.output = WrittenFile.of(plain.required("-w"));
        command.window = TimeWindow.of(plain);
        command.input = Path.of(plain.operands(1).get(0));
        return command;
    }

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        PacketSlice slice = PacketFiles.slice(input);
        if (window.from().isPresent()) {
            slice.from(window.from().get());
        }
        if (window.to().isPresent()) {
            slice.to(window.to().get());
        }
        if (choice.filter().isPresent()) {
            slice.filter(choice.filter().get());
        }
        if (choice.inner()) {
            slice.inner();
        }
        if (format.chosen().isPresent()) {
            slice.format(format.chosen().get());
        }
        SliceReport report = output.isStandardOutput() ? slice.writeTo(output.sink()) : slice.writeTo(output.path());
        CopyReport copy = report.copy();
        Optional<String> whole = report.readWhole().isPresent()
                ? Optional.of(
                        "all of " + input + " was read: " + report.readWhole().get())
                : Optional.empty();
        String words = WrittenFile.line(copy.packetsWritten(), output.path().toString(), whole);
        List<String> notes = new ArrayList<>(FileCounts.notes(copy));
        notes.addAll(PacketChoice.notes(input, report.refusals()));
        return new FileOutcome(List.of(words), notes, FileCounts.damage(input, copy.reading()), List.of()) {
            @Override
            Map<String, Object> counts() {
                return SliceCommand.counts(report);
            }
        };
    }

    private static Map<String, Object> counts(SliceReport report) {
        Map<String, Object> counts = FileCounts.of(report.copy());
        report.readWhole().ifPresent(why -> counts.put("readWhole", why));
        return counts;
    }
}
