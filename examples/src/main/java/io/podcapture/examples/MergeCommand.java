package io.podcapture.examples;

import io.podcapture.pcap.MergeReport;
import io.podcapture.pcap.OnDamage;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketMerge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podcapture merge}. */
@Command(name = "merge", description = "Joins capture files into one in order of time.")
final class MergeCommand extends FileCommand {
    @Mixin
    private WrittenFile output = new WrittenFile();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.Converter.class,
            description = FormatName.NAMES + "; pcapng by default.")
    private OutputFormat format = OutputFormat.PCAPNG;

    @Option(
            names = "--on-damage",
            paramLabel = "CHOICE",
            description =
                    "halt, skip the rest of the input, collect also what is no capture file, or resync, which goes"
                            + " on behind the damage and is the default.")
    private OnDamage onDamage = OnDamage.RESYNC;

    @Mixin
    private PacketChoice choice = new PacketChoice();

    @Mixin
    private TimeWindow window = new TimeWindow();

    @Parameters(arity = "1..*", paramLabel = "IN", description = "Files of pcap or pcapng, also in gzip.")
    private List<Path> inputs = new ArrayList<>();

    static MergeCommand of(PlainArguments plain) {
        MergeCommand command = new MergeCommand();
        command.output = WrittenFile.of(plain.required("-w"));
        Optional<String> format = plain.option("--format");
        if (format.isPresent()) {
            command.format = FormatName.read(format.get());
        }
        Optional<String> onDamage = plain.option("--on-damage");
        if (onDamage.isPresent()) {
            command.onDamage = OnDamage.valueOf(onDamage.get().toUpperCase(Locale.ROOT));
        }
        command.inputs = plain.paths();
        return command;
    }

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        PacketMerge merge =
                PacketFiles.merge(inputs.toArray(new Path[0])).format(format).onDamage(onDamage);
        if (choice.filter().isPresent()) {
            merge.filter(choice.filter().get());
        }
        if (choice.inner()) {
            merge.inner();
        }
        if (window.from().isPresent() || window.to().isPresent()) {
            merge.between(window.from().orElse(Instant.MIN), window.to().orElse(Instant.MAX));
        }
        MergeReport report = merge.writeTo(output.sink());
        String words = WrittenFile.line(
                report.packetsWritten(),
                output.path().toString(),
                Optional.of("of " + inputs.size() + (inputs.size() == 1 ? " file" : " files")));
        List<String> notes = new ArrayList<>(FileCounts.notes(report));
        for (MergeReport.Input input : report.inputs()) {
            notes.addAll(PacketChoice.notes(input.file(), input.refusals()));
        }
        return new FileOutcome(List.of(words), notes, FileCounts.damage(report), List.of()) {
            @Override
            Map<String, Object> counts() {
                return FileCounts.of(report);
            }
        };
    }
}
