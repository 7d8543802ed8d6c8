package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PcapWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FileCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path input;
    private Path cut;
    private Path output;

    /** Ten packets, one a second from 1,000,000,000 s on. */
    @BeforeEach
    void files() throws IOException {
        input = directory.resolve("cart.pcap");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(input)) {
            for (int i = 0; i < 10; i++) {
                writer.write((1_000_000_000L + i) * 1_000_000_000L, ByteBuffer.allocate(60), 60);
            }
        }
        byte[] octets = Files.readAllBytes(input);
        cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(octets, octets.length - 1));
        output = directory.resolve("out");
    }

    @Test
    void merge_ofWholeFiles_exitsZeroAndCounts() throws IOException {
        assertThat(execute("merge", "--json", "--format", "pcap", "-w", output, input, input))
                .isZero();

        assertThat(out.toString()).contains("\"packetsWritten\":20").contains("\"damagedPlaces\":0");
        assertThat(err.toString()).isEmpty();
        assertThat(PacketFiles.statistics(output).read().packets()).isEqualTo(20);
    }

    @Test
    void merge_ofACutFile_saysSoAndExitsThree() {
        assertThat(execute("merge", "-w", output, input, cut)).isEqualTo(3);

        assertThat(out.toString()).isEqualToIgnoringNewLines("19 packets in " + output + "; of 2 files");
        assertThat(err.toString()).contains(cut.toString()).contains("cut at the end");
    }

    @Test
    void merge_withHalt_failsAndLeavesNothing() {
        assertThat(execute("merge", "--on-damage", "halt", "-w", output, cut)).isEqualTo(1);

        assertThat(err.toString()).startsWith("podcapture: ").contains("truncated pcap");
        assertThat(output).doesNotExist();
    }

    @Test
    void slice_byEitherSpellingOfTimes_isTheSame() throws IOException {
        String from = Instant.ofEpochSecond(1_000_000_003).toString();

        assertThat(execute("slice", "--json", "--from", from, "--to", "1000000005.0", "-w", output, input))
                .isZero();

        assertThat(out.toString()).contains("\"packetsWritten\":3").contains("2001-09-09T01:46:43Z");
    }

    @Test
    void split_byEachRule_writesFiles() throws IOException {
        Path parts = directory.resolve("parts");

        assertThat(execute("split", "--every", "4s", "-w", parts, input)).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(execute("split", "--packets", "5", "-w", parts, input)).isZero();
        assertThat(execute("split", "--size", "200", "-w", parts, input)).isZero();
        assertThat(execute("split", "--by", "interface", "--json", "-w", parts, cut))
                .isEqualTo(3);

        assertThat(out.toString()).contains("cut-0.pcap\",\"packets\":9");
        try (Stream<Path> files = Files.list(parts)) {
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void repair_ofACutFile_writesTheRest() {
        assertThat(execute("repair", "-w", output, cut)).isEqualTo(3);

        assertThat(out.toString()).isEqualToIgnoringNewLines("9 packets in " + output);
        assertThat(output).hasSize(24 + 9 * 76);
    }

    @Test
    void convert_toPcapng_isRead() throws IOException {
        assertThat(execute("convert", "--format", "libpcap-safe", "-w", output, input))
                .isZero();

        assertThat(PacketFiles.statistics(output).read().format()).isEqualTo("pcapng");
    }

    @Test
    void filter_thatMatchesNothing_andItsInverse_shareThePackets() throws IOException {
        assertThat(execute("filter", "tcp port 80", input, "-w", output)).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("0 packets in " + output + "; of 10 in " + input);

        assertThat(execute("filter", "--invert", "--limit", "4", "tcp port 80", input, "-w", output))
                .isZero();
        assertThat(PacketFiles.statistics(output).read().packets()).isEqualTo(4);
    }

    @Test
    void mergeAndSlice_withAFilterAndAWindow_keepWhatIsOfBoth() throws IOException {
        assertThat(execute("merge", "--filter", "len = 60", "--from", "1000000008", "-w", output, input, input))
                .isZero();
        assertThat(PacketFiles.statistics(output).read().packets()).isEqualTo(4);
        assertThat(execute("slice", "--filter", "len = 61", "--to", "1000000008", "-w", output, input))
                .isZero();
        assertThat(PacketFiles.statistics(output).read().packets()).isZero();
        assertThat(execute("merge", "--filter", "tcp", "--inner", "-w", output, input))
                .isZero();
    }

    @Test
    void mergeAndSlice_withAFilter_countAsJsonWhatWasReadAndWritten() throws IOException {
        Path raw = directory.resolve("raw.pcap");
        try (PcapWriter writer = PcapWriter.builder(LinkType.RAW).open(raw)) {
            for (int length : new int[] {60, 70, 80}) {
                writer.write(1_000_000_001_000_000_000L, ByteBuffer.allocate(length), length);
            }
        }

        assertThat(execute("merge", "--json", "--filter", "greater 70", "-w", output, input, raw))
                .isZero();
        assertThat(out.toString())
                .startsWith("{")
                .contains("\"packetsRead\":13,\"packetsWritten\":2,\"octetsWritten\":150")
                .contains("\"packetsRead\":10,\"packetsWritten\":0,")
                .contains("\"packetsRead\":3,\"packetsWritten\":2,");
        assertThat(err.toString()).isEmpty();

        out.getBuffer().setLength(0);
        assertThat(execute("slice", "--json", "--filter", "greater 70", "-w", output, raw))
                .isZero();
        assertThat(out.toString())
                .startsWith("{")
                .contains("\"packetsRead\":3,\"packetsWritten\":2,\"octetsWritten\":150");
        assertThat(err.toString()).isEmpty();

        out.getBuffer().setLength(0);
        assertThat(execute("merge", "--json", "--filter", "arp", "-w", output, input, raw))
                .isZero();
        assertThat(out.toString()).startsWith("{").contains("\"packetsRead\":13,\"packetsWritten\":0,");
        assertThat(err.toString()).contains(raw.toString(), "no packet matches");
    }

    @Test
    void merge_filterTypedWrong_isMarkedAtItsFaultAndLeavesNothing() {
        for (String command : List.of("merge", "slice")) {
            assertThat(execute(command, "--filter", "tcp prt 80", "-w", output, input))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("at column 5", "  tcp prt 80", "      ^");
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void merge_innerWithoutFilter_isWrongUsage() {
        assertThat(execute("merge", "--inner", "-w", output, input)).isEqualTo(2);
        assertThat(err.toString()).contains("--inner").contains("--filter");
    }

    @Test
    void filter_typedWrong_isMarkedAtItsFault() {
        assertThat(execute("filter", "tcp prot 80", input, "-w", output)).isEqualTo(2);

        assertThat(err.toString()).contains("column 5").contains("\n  tcp prot 80\n      ^\n");
        assertThat(output).doesNotExist();
    }

    @Test
    void compile_ofAFilter_printsItsProgram() {
        assertThat(execute("compile", "--link-type", "dlt_raw", "-ddd", "ip")).isZero();

        assertThat(out.toString().lines()).first().asString().matches("[1-9][0-9]*");
        assertThat(out.toString().lines().skip(1)).allMatch(line -> line.matches("\\d+ \\d+ \\d+ \\d+"));
    }

    @Test
    void stats_ofTwoFiles_tellsOfEach() {
        assertThat(execute("stats", "--sha256", input, cut)).isEqualTo(3);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).contains(input + ": pcap, 784 octets", cut + ": pcap, 783 octets");
        assertThat(lines).anyMatch(line -> line.matches("  sha256      [0-9a-f]{64}"));
        assertThat(lines).anyMatch(line -> line.contains("ETHERNET (1)") && line.contains("9 packets"));
    }

    @Test
    void stats_ofNoCaptureFile_exitsOneWithOneLine() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no capture file");

        assertThat(execute("stats", text)).isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString().contains("neither pcap nor pcapng");
    }

    @Test
    void stats_oneOfSeveralUnreadable_tellsOfTheOthersAndExitsOne() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no capture file");
        Path missing = directory.resolve("missing.pcap");

        assertThat(execute("stats", text, missing, input)).isEqualTo(1);

        assertThat(out.toString()).contains(input + ": pcap, 784 octets");
        assertThat(err.toString().lines())
                .hasSize(2)
                .last()
                .isEqualTo("podcapture: " + missing + " does not exist, or its directory does not");
    }

    @Test
    void merge_collectingWithAMissingFile_saysWhatWasLeftOut() {
        Path missing = directory.resolve("missing.pcap");

        assertThat(execute("merge", "--on-damage", "collect", "-w", output, input, missing))
                .isEqualTo(3);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines("podcapture: " + missing + " was left out: " + missing
                        + " does not exist, or its directory does not");
    }

    @Test
    void split_intoAFile_saysWhatIsWrong() {
        assertThat(execute("split", "--packets", "5", "-w", cut, input)).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines("podcapture: " + cut + " is there already, and is no directory");
    }

    @Test
    void repair_toAnotherFormat_isWritten() throws IOException {
        assertThat(execute("repair", "--format", "pcapng", "-w", output, cut)).isEqualTo(3);

        assertThat(PacketFiles.statistics(output).read().format()).isEqualTo("pcapng");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge -w x",
                "merge IN",
                "merge -w IN IN",
                "merge --format doc -w x IN",
                "merge -w - --json IN",
                "slice --from yesterday -w x IN",
                "slice --from 5 --to 4 -w x IN",
                "split -w x IN",
                "split --packets 1 --size 5 -w x IN",
                "split --packets 0 -w x IN",
                "split --by color -w x IN",
                "convert -w x IN",
                "repair -w IN IN",
                "filter -w x",
                "filter prot IN -w x",
                "filter --limit 0 tcp IN -w x",
                "compile --link-type wire tcp",
                "compile -d -ddd tcp",
                "compile port",
                "stats"
            })
    void usage_wrong_exitsTwo(String line) {
        Object[] words = line.replace("IN", input.toString()).split(" ");

        assertThat(execute(words)).as(err.toString()).isEqualTo(2);
    }

    private int execute(Object... words) {
        CommandLine line = PodCapture.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }
}
