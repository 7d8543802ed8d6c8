package io.podcapture.examples;

import io.podcapture.pcap.CopyReport;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code podcapture repair}. */
@Command(name = "repair", description = "Copies what is whole of a damaged or cut capture file.")
final class RepairCommand extends FileCommand {
    @Mixin
    private WrittenFile output = new WrittenFile();

    @Mixin
    private KeptFormat format = new KeptFormat();

    @Parameters(paramLabel = "IN", description = "File of pcap or pcapng, also in gzip.")
    private Path input = Path.of("");

    @Override
    boolean writesStandardOutput() {
        return output.isStandardOutput();
    }

    @Override
    FileOutcome run() throws IOException {
        PacketRepair repair = PacketFiles.repair(input);
        format.chosen().ifPresent(repair::format);
        CopyReport report = repair.writeTo(output.sink());
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
