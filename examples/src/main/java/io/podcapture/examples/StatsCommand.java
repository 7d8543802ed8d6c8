package io.podcapture.examples;

import io.podcapture.pcap.InterfaceStatistics;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PacketStatistics;
import io.podcapture.pcap.StatisticsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podcapture stats}. */
@Command(name = "stats", description = "Counts what capture files hold.")
final class StatsCommand extends FileCommand {
    @Option(names = "--sha256", description = "Computes the SHA-256 of each file too.")
    private boolean sha256;

    @Parameters(arity = "1..*", paramLabel = "IN", description = "Files of pcap or pcapng, also in gzip.")
    private List<Path> inputs = new ArrayList<>();

    static StatsCommand of(PlainArguments plain) {
        StatsCommand command = new StatsCommand();
        command.inputs = plain.paths();
        return command;
    }

    @Override
    FileOutcome run() {
        List<Supplier<Map<String, Object>>> counts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Path input : inputs) {
            PacketStatistics statistics = PacketFiles.statistics(input);
            try {
                StatisticsReport report = sha256 ? statistics.sha256().read() : statistics.read();
                counts.add(() -> FileCounts.of(report));
                describe(report, words);
                damage.addAll(FileCounts.damage(input, report.reading()));
            } catch (IOException e) {
                // One text among many captures must not cost the counts of all.
                counts.add(() -> Map.of("input", input.toString(), "failure", FileFailure.inWords(e)));
                failures.add(FileFailure.inWords(e));
            }
        }
        return new FileOutcome(words, List.of(), damage, failures) {
            @Override
            Map<String, Object> counts() {
                return Map.of("files", counts.stream().map(Supplier::get).toList());
            }
        };
    }

    private static void describe(StatisticsReport report, List<String> to) {
        to.add(report.file() + ": " + report.format() + ", " + report.fileOctets() + " octets");
        to.add("  packets     " + report.packets() + ", " + report.capturedOctets() + " octets captured, "
                + report.originalOctets() + " on the wire");
        report.firstTimestamp()
                .ifPresent(first -> to.add("  time        " + first + " to "
                        + report.lastTimestamp().orElse(first) + ", "
                        + (report.duration().getSeconds() + report.duration().getNano() / 1e9) + " s"));
        to.add(String.format(
                Locale.ROOT,
                "  rate        %.1f packets/s, %.1f octets/s on the wire",
                report.packetRate(),
                report.octetRate()));
        to.add("  order       " + (report.ordered() ? "strict" : report.outOfOrder() + " packets out of order"));
        report.sha256().ifPresent(hex -> to.add("  sha256      " + hex));
        for (StatisticsReport.Interface of : report.interfaces()) {
            to.add("  interface   " + of.description() + ": " + of.packets() + " packets, " + of.capturedOctets()
                    + " octets" + of.counted().map(StatsCommand::drops).orElse(""));
        }
    }

    private static String drops(InterfaceStatistics counted) {
        StringBuilder drops = new StringBuilder();
        counted.droppedByKernel()
                .ifPresent(count -> drops.append(", dropped by kernel ").append(count));
        counted.droppedByInterface()
                .ifPresent(count -> drops.append(", dropped by interface ").append(count));
        return drops.toString();
    }
}
