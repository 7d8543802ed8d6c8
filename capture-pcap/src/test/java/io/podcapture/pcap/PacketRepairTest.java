package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of one file that keep all of it: the repair, and the conversion. */
class PacketRepairTest {
    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("out");
    }

    @Test
    void repair_ofAWholeFile_isTheSame() throws IOException {
        byte[] pcap = Samples.pcap(1, 1, 2, 3);

        CopyReport report =
                PacketFiles.repair(Samples.file(directory, "a", pcap)).writeTo(output);

        assertThat(report.reading().whole()).isTrue();
        assertThat(report.packetsWritten()).isEqualTo(3);
        assertThat(report.octetsWritten()).isEqualTo(180);
        assertThat(output).hasBinaryContent(pcap);
    }

    @Test
    void repair_ofADamagedAndCutFile_keepsTheRest() throws IOException {
        byte[] octets = Samples.pcap(1, new long[100]);
        ByteBuffer.wrap(octets).putInt(24 + 50 * 76 + 8, -1);
        Path file = Samples.file(directory, "a", Arrays.copyOf(octets, octets.length - 5));

        CopyReport report = PacketFiles.repair(file).writeTo(output);

        assertThat(report.packetsRead()).isEqualTo(98);
        assertThat(report.packetsWritten()).isEqualTo(98);
        assertThat(report.reading().resyncs()).isEqualTo(1);
        assertThat(report.reading().damagedOctets()).isEqualTo(76);
        assertThat(report.reading().truncation()).isPresent();
        assertThat(PacketFiles.statistics(output).read().reading().whole()).isTrue();
    }

    @Test
    void repair_toSeveralSinks_givesAllTheSame() throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        Path file = Samples.file(directory, "a", Samples.pcap(1, 1, 2));

        PacketFiles.repair(file).writeTo(CaptureSink.file(output), CaptureSink.stream(one));

        assertThat(output).hasBinaryContent(one.toByteArray());
    }

    @Test
    void repair_ofPcapngSections_keepsEachOption() throws IOException {
        MadeFiles made = new MadeFiles(3);
        Path file = Samples.file(directory, "a", made.pcapng(60));

        CopyReport report = PacketFiles.repair(file).writeTo(output);

        assertThat(Samples.packets(output)).hasSameSizeAs(made.expected());
        assertThat(report.packetsWritten()).isEqualTo(made.expected().size());
    }

    @Test
    void convert_toPcapAndBack_keepsPacketsAndCountsWhatIsLeftOut() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.BIG_ENDIAN);
        sample.section().description(1, 64, sample.option(9, new byte[] {9}));
        sample.block(4, new byte[4]).enhanced(0, 1_700_000_000_123_456_789L, new byte[] {1, 2, 3}, 9);
        Path file = Samples.file(directory, "a", sample.octets());

        CopyReport report = PacketFiles.convert(file, OutputFormat.PCAP).writeTo(output);
        Path back = directory.resolve("back");
        PacketFiles.convert(output, OutputFormat.PCAPNG).writeTo(back);

        assertThat(report.skippedBlocks()).isEqualTo(1);
        assertThat(Samples.packets(back)).singleElement().satisfies(packet -> {
            assertThat(packet.timestampNanos()).isEqualTo(1_700_000_000_123_456_789L);
            assertThat(Samples.hex(packet)).isEqualTo("010203");
            assertThat(packet.originalLength()).isEqualTo(9);
        });
        assertThat(Files.readAllBytes(output)).startsWith(0x4d, 0x3c, 0xb2, 0xa1);
    }

    @Test
    void convert_ofTwoLinkTypesToPcap_isRefusedAndLeavesNothing() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0).description(276, 0);
        sample.enhanced(0, 1, new byte[1], 1).enhanced(1, 1, new byte[1], 1);
        Path file = Samples.file(directory, "a", sample.octets());

        assertThatThrownBy(() -> PacketFiles.convert(file, OutputFormat.PCAP).writeTo(output))
                .isInstanceOf(CaptureOutputException.class)
                .hasMessageContaining("several link types");
        assertThat(output).doesNotExist();
    }

    @Test
    void convert_withHalt_throwsAtDamageAndNamesTheFile() throws IOException {
        Path file = Samples.file(directory, "a", Arrays.copyOf(Samples.pcap(1, 1, 2), 120));

        assertThatThrownBy(() -> PacketFiles.convert(file, OutputFormat.PCAPNG)
                        .onDamage(DamagePolicy.HALT)
                        .writeTo(output))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageStartingWith(file + ": truncated pcap");
        assertThat(output).doesNotExist();
    }
}
