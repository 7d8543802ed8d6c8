package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others make of a merged file. Each test is skipped where its tool is not installed. */
class ForeignToolsTest {
    @TempDir
    Path directory;

    private Path merged;

    @BeforeEach
    void merge() throws IOException {
        merged = directory.resolve("merged.pcapng");
        Path a = Samples.file(directory, "a", Samples.pcap(1, 1_000_000, 3_000_000));
        Path b = Samples.file(directory, "b", Samples.octets(Samples.PCAPNG_BIG_ENDIAN));
        InterfaceStatistics statistics = InterfaceStatistics.builder()
                .startTime(Instant.ofEpochSecond(1))
                .endTime(Instant.ofEpochSecond(4))
                .received(12)
                .droppedByKernel(3)
                .build();
        PacketFiles.merge()
                .input(
                        a,
                        input -> input.name("cart-0")
                                .description("pod shop/cart-0 \u2192")
                                .filter("tcp port 80")
                                .os("Linux 6.1")
                                .statistics(statistics))
                .input(b)
                .sectionComment("of a test")
                .userApplication("PodCapture")
                .names(Map.of(InetAddress.getByName("10.1.2.3"), List.of("cart-0", "cart")))
                .writeTo(merged);
    }

    @Test
    void tcpdump_onAMergedFile_readsEachPacket() throws Exception {
        List<String> lines = run("tcpdump", "--nano", "-tt", "-nn", "-r", merged.toString());

        assertThat(lines.stream()
                        .filter(line -> line.matches("\\d+\\.\\d{9} .*"))
                        .map(line -> line.split(" ")[0]))
                .containsExactly("1.000000000", "3.000000000", "1700000000.000000001", "1700000000.999999999");
    }

    @Test
    void capinfos_onAMergedFile_showsItsDescriptions() throws Exception {
        String shown = String.join("\n", run("capinfos", merged.toString()));

        assertThat(shown)
                .containsPattern("Number of packets: +4\n")
                .containsPattern("Number of interfaces in file: +2\n")
                .containsPattern("Capture application: +PodCapture\n")
                .containsPattern("Capture comment: +of a test\n")
                .contains("Name = cart-0")
                .contains("Description = pod shop/cart-0 \u2192")
                .contains("Filter string = tcp port 80")
                .contains("Operating system = Linux 6.1")
                .contains("Number of stat entries = 1");
    }

    @Test
    void capinfos_onAMergedFile_countsWhatStatisticsDo() throws Exception {
        List<String> values =
                List.of(run("capinfos", "-TrmcdHaeS", merged.toString()).get(0).split(","));

        StatisticsReport report = PacketFiles.statistics(merged).sha256().read();

        assertThat(values)
                .containsSubsequence(
                        Long.toString(report.packets()),
                        Long.toString(report.originalOctets()),
                        "1.000000",
                        "1700000000.999999999",
                        report.sha256().orElseThrow());
        assertThat(report.firstTimestamp()).contains(Instant.ofEpochSecond(1));
        assertThat(report.lastTimestamp()).contains(Instant.ofEpochSecond(1_700_000_000, 999_999_999));
        assertThat(report.interfaces().get(0).counted().orElseThrow().droppedByKernel())
                .hasValue(3);
    }

    @Test
    void tshark_onSplitAndConvertedAndSlicedFiles_readsEachPacket() throws Exception {
        List<Path> written = new ArrayList<>();
        PacketFiles.split(merged).packets(1).writeTo(directory.resolve("parts")).files().stream()
                .map(SplitReport.File::path)
                .forEach(written::add);
        for (OutputFormat format : OutputFormat.values()) {
            Path converted = directory.resolve("converted" + format);
            PacketFiles.convert(merged, format).writeTo(converted);
            written.add(converted);
        }
        Path slice = directory.resolve("slice");
        PacketFiles.slice(merged).from(Instant.ofEpochSecond(3)).writeTo(slice);
        written.add(slice);

        List<Integer> packets = new ArrayList<>();
        for (Path file : written) {
            packets.add(run("tshark", "-r", file.toString(), "-T", "fields", "-e", "frame.number").stream()
                    .filter(line -> line.matches("\\d+"))
                    .toList()
                    .size());
        }

        assertThat(packets).containsExactly(1, 1, 1, 1, 4, 4, 4, 3);
    }

    @Test
    void tshark_onAMergedFile_showsInterfaceAndTimeOfEachPacket() throws Exception {
        List<String> lines = run(
                "tshark",
                "-r",
                merged.toString(),
                "-T",
                "fields",
                "-e",
                "frame.time_epoch",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.cap_len",
                "-e",
                "frame.len");

        assertThat(lines)
                .contains(
                        "1.000000000\tcart-0\t60\t60",
                        "3.000000000\tcart-0\t60\t60",
                        "1700000000.000000001\teth0\t4\t4",
                        "1700000000.999999999\teth0\t3\t60");
    }

    private static List<String> run(String... command) throws Exception {
        assumeThat(installed(command[0])).as(command[0] + " is installed").isTrue();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return shown.lines().toList();
    }

    private static boolean installed(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
