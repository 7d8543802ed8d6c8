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
        command.output = WrittenFile.of(plain.option("-w").orElseThrow());
        command.window = TimeWindow.of(plain);
        command.input = PlainFileCommand.paths(plain)[0];
        return command;
    }

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        PacketSlice slice = PacketFiles.slice(input);
        window.from().ifPresent(slice::from);
        window.to().ifPresent(slice::to);
        choice.filter().ifPresent(slice::filter);
        if (choice.inner()) {
            slice.inner();
        }
        format.chosen().ifPresent(slice::format);
        SliceReport report = output.isStandardOutput() ? slice.writeTo(output.sink()) : slice.writeTo(output.path());
        CopyReport copy = report.copy();
        String words = WrittenFile.line(
                copy.packetsWritten(),
                output.path().toString(),
                report.readWhole().map(why -> "all of " + input + " was read: " + why));
        List<String> notes = new ArrayList<>(FileCounts.notes(copy));
        notes.addAll(PacketChoice.notes(input, report.refusals()));
        return new FileOutcome(
                () -> counts(report), List.of(words), notes, FileCounts.damage(input, copy.reading()), List.of());
    }

    private static Map<String, Object> counts(SliceReport report) {
        Map<String, Object> counts = FileCounts.of(report.copy());
        report.readWhole().ifPresent(why -> counts.put("readWhole", why));
        return counts;
    }
}
