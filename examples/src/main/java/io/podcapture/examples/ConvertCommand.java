package io.podcapture.examples;

import io.podcapture.pcap.CopyReport;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podcapture convert}. */
@Command(name = "convert", description = "Copies a capture file into another format.")
final class ConvertCommand extends FileCommand {
    @Mixin
    private WrittenFile output = new WrittenFile();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            converter = FormatName.Converter.class,
            description = FormatName.NAMES + ".")
    private OutputFormat format = OutputFormat.PCAPNG;

    @Parameters(paramLabel = "IN", description = "File of pcap or pcapng, also in gzip.")
    private Path input = Path.of("");

    static ConvertCommand of(PlainArguments plain) {
        ConvertCommand command = new ConvertCommand();
        command.output = WrittenFile.of(plain.required("-w"));
        command.format = FormatName.read(plain.required("--format"));
        command.input = Path.of(plain.operands(1).get(0));
        return command;
    }

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        CopyReport report = PacketFiles.convert(input, format).writeTo(output.sink());
        String words = WrittenFile.line(report.packetsWritten(), output.path().toString(), Optional.empty());
        return new FileOutcome(
                List.of(words), FileCounts.notes(report), FileCounts.damage(input, report.reading()), List.of()) {
            @Override
            Map<String, Object> counts() {
                return FileCounts.of(report);
            }
        };
    }
}
