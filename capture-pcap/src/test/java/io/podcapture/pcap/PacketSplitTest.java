package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketSplitTest {
    @TempDir
    Path directory;

    private Path parts;

    @BeforeEach
    void parts() {
        parts = directory.resolve("new/parts");
    }

    @Test
    void every_startsFilesBySpansFromTheFirstPacket() throws IOException {
        Path file = Samples.file(
                directory, "cart.pcap", Samples.pcap(1, 7_000_000, 16_999_999, 17_000_000, 9_000_000, 60_000_000));

        SplitReport report =
                PacketFiles.split(file).every(Duration.ofSeconds(10)).writeTo(parts);

        assertThat(names(report)).containsExactly("cart-00001.pcap", "cart-00002.pcap", "cart-00003.pcap");
        assertThat(report.files()).extracting(SplitReport.File::packets).containsExactly(2L, 2L, 1L);
        assertThat(report.copy().outOfOrder()).isEqualTo(1);
        assertThat(report.copy().packetsWritten()).isEqualTo(5);
        assertThat(packets(report)).containsExactlyElementsOf(hex(Samples.packets(file)));
    }

    @Test
    void every_aPacketStampedInTheFuture_hasAFileOfItsOwn() throws IOException {
        Path file = Samples.file(
                directory,
                "cart.pcap",
                Samples.pcap(
                        1, 107_000_000, 2_208_988_800_000_000L, 108_000_000, 106_000_000, 117_000_000, 88_000_000));

        SplitReport report =
                PacketFiles.split(file).every(Duration.ofSeconds(10)).writeTo(parts);

        assertThat(report.files()).extracting(SplitReport.File::packets).containsExactly(1L, 1L, 2L, 1L, 1L);
        assertThat(packets(report)).containsExactlyElementsOf(hex(Samples.packets(file)));
    }

    @Test
    void every_ofShortSpans_bearsDisorderOfASecond() throws IOException {
        Path file = Samples.file(directory, "cart.pcap", Samples.pcap(1, 7_000_000, 8_000_000, 7_100_000, 6_999_999));

        SplitReport report =
                PacketFiles.split(file).every(Duration.ofMillis(100)).writeTo(parts);

        assertThat(report.files()).extracting(SplitReport.File::packets).containsExactly(1L, 2L, 1L);
    }

    @Test
    void size_isThatOfNoFileExceeded() throws IOException {
        Path file = Samples.file(directory, "cart.cap", Samples.pcap(1, new long[1_000]));

        SplitReport report = PacketFiles.split(file).size(2_000).writeTo(parts);

        assertThat(report.files()).hasSizeBetween(39, 41);
        for (SplitReport.File part : report.files()) {
            assertThat(Files.size(part.path())).isLessThanOrEqualTo(2_000);
            assertThat(part.octets()).isEqualTo(60 * part.packets());
        }
        assertThat(packets(report)).containsExactlyElementsOf(hex(Samples.packets(file)));
        assertThat(PacketFiles.split(file).size(1).writeTo(parts).files()).hasSize(1_000);
    }

    @Test
    void packets_ofPcapng_eachFileHasInterfacesNamesSecretsAndComments() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section(sample.option(1, "comment"), sample.end()).description(1, 64, sample.option(2, "eth0"));
        byte[] name = {1, 0, 9, 0, 10, 0, 0, 1, 'c', 'a', 'r', 't', 0, 0, 0, 0, 0, 0, 0, 0};
        sample.block(4, name).block(10, new byte[] {'K', 'S', 'L', 'T', 4, 0, 0, 0, 1, 2, 3, 4});
        sample.enhanced(0, 1, new byte[4], 4, sample.option(1, "first"));
        sample.description(276, 64, sample.option(2, "any"));
        sample.enhanced(1, 2, new byte[5], 5, sample.option(1, "second"));
        Path file = Samples.file(directory, "cart.pcapng", sample.octets());

        SplitReport report = PacketFiles.split(file).packets(1).writeTo(parts);

        List<String> whole = CopyTest.blocks(file);
        assertThat(names(report)).containsExactly("cart-00001.pcapng", "cart-00002.pcapng");
        assertThat(CopyTest.blocks(report.files().get(0).path()))
                .containsExactly(whole.get(0), whole.get(1), whole.get(2), whole.get(3), whole.get(4), whole.get(5));
        assertThat(CopyTest.blocks(report.files().get(1).path()))
                .containsExactly(whole.get(0), whole.get(1), whole.get(5), whole.get(2), whole.get(3), whole.get(6));
    }

    @Test
    void byInterface_writesOneForEachThatHasPackets() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.BIG_ENDIAN);
        sample.section().description(1, 64, sample.option(2, "../eth0")).description(1, 64, sample.option(2, "idle"));
        sample.description(276, 0).enhanced(2, 1, new byte[] {1}, 4).enhanced(0, 2, new byte[] {2}, 4);
        sample.enhanced(2, 3, new byte[] {3}, 4);
        Path file = Samples.file(directory, "cart", sample.octets());

        SplitReport report = PacketFiles.split(file).byInterface().writeTo(parts);

        assertThat(names(report)).containsExactly("cart-0-..-eth0.pcapng", "cart-2.pcapng");
        assertThat(packets(report)).containsExactly("02", "01", "03");
        assertThat(report.copy().packetsRead()).isEqualTo(3);
        assertThat(report.copy().packetsWritten()).isEqualTo(3);
        try (PacketCursor cursor = PacketCursor.open(report.files().get(1).path())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.interfaces()).hasSize(1);
            assertThat(cursor.linkType()).isEqualTo(LinkType.LINUX_SLL2);
        }
    }

    @Test
    void byInterface_ofGluedPcaps_writesEachAsPcap() throws IOException {
        Path file = Samples.file(directory, "cart.pcap", GzipTest.join(Samples.pcap(1, 1), Samples.pcap(2, 2, 3)));

        SplitReport report = PacketFiles.split(file).byInterface().writeTo(parts);

        assertThat(names(report)).containsExactly("cart-0.pcap", "cart-1.pcap");
        assertThat(report.files()).extracting(SplitReport.File::packets).containsExactly(1L, 2L);
    }

    @Test
    void byInterface_ofWhatIsNoRegularFile_isRefused() {
        Path device = Path.of("/dev/null");
        assumeThat(device).exists();

        assertThatThrownBy(() -> PacketFiles.split(device).byInterface().writeTo(parts))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/null is no regular file");
    }

    @Test
    void split_withoutPackets_isOneFile() throws IOException {
        Path file = Samples.file(directory, "cart.pcap", Samples.pcap(1));

        assertThat(PacketFiles.split(file).packets(5).writeTo(parts).files()).hasSize(1);
        assertThat(PacketFiles.split(file).byInterface().writeTo(parts).files()).hasSize(1);
    }

    @Test
    void split_thatIsWrong_isRefused() throws IOException {
        Path file = Samples.file(directory, "cart-00001.pcap", Samples.pcap(1, 5));
        Path input = Files.move(file, directory.resolve("cart-00001-00001.pcap"));
        Files.createLink(file, input);

        assertThatIllegalStateException()
                .isThrownBy(() -> PacketFiles.split(file).writeTo(parts));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.split(file).packets(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.split(file).every(Duration.ofHours(3_000_000)))
                .withMessageContaining("at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.split(file).every(Duration.ofHours(-3_000_000)))
                .withMessageContaining("more than zero");
        assertThatIllegalStateException()
                .isThrownBy(() -> PacketFiles.split(file).packets(1).byInterface());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.split(file).packets(1).writeTo(directory))
                .withMessageContaining("is an input");
    }

    private static List<String> names(SplitReport report) {
        return report.files().stream()
                .map(part -> part.path().getFileName().toString())
                .toList();
    }

    private static List<String> packets(SplitReport report) throws IOException {
        List<Packet> all = new ArrayList<>();
        for (SplitReport.File part : report.files()) {
            all.addAll(Samples.packets(part.path()));
        }
        return hex(all);
    }

    private static List<String> hex(List<Packet> packets) {
        return packets.stream().map(Samples::hex).toList();
    }
}
