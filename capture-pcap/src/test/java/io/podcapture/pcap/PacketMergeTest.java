package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.file;
import static io.podcapture.pcap.Samples.octets;
import static io.podcapture.pcap.Samples.packets;
import static io.podcapture.pcap.Samples.pcap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PacketMergeTest {
    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("merged.pcapng");
    }

    @AfterEach
    void noPartIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void writeTo_ofTwoFiles_isInTimeOrderWithOneInterfaceEach() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 30, 50));
        Path b = file(directory, "b", pcap(2, 20, 30, 40));

        MergeReport report = PacketFiles.merge(a, b).writeTo(output);

        assertThat(packets(output))
                .extracting(PacketMergeTest::tagAndPosition)
                .containsExactly("1.0", "2.0", "1.1", "2.1", "2.2", "1.2");
        assertThat(packets(output)).extracting(Packet::interfaceIndex).containsExactly(0, 1, 0, 1, 1, 0);
        assertThat(report.packetsRead()).isEqualTo(6);
        assertThat(report.packetsWritten()).isEqualTo(6);
        assertThat(report.octetsWritten()).isEqualTo(360);
        assertThat(report.complete()).isTrue();
        assertThat(report.firstTimestamp()).contains(TimestampUnit.instant(10_000));
        assertThat(report.lastTimestamp()).contains(TimestampUnit.instant(50_000));
        assertThat(report.inputs().get(1).file()).isEqualTo(b);
        assertThat(report.inputs().get(1).packetsRead()).isEqualTo(3);
        assertThat(report.inputs().get(1).reading().endOffset()).isEqualTo(Files.size(b));
    }

    @Test
    void writeTo_ofEqualTimes_keepsInputOrderThenPosition() throws IOException {
        Path a = file(directory, "a", pcap(1, 5, 5, 5));
        Path b = file(directory, "b", pcap(2, 5, 5));
        Path c = file(directory, "c", pcap(3, 4, 5));

        PacketFiles.merge(a, b, c).writeTo(output);

        assertThat(packets(output))
                .extracting(PacketMergeTest::tagAndPosition)
                .containsExactly("3.0", "1.0", "1.1", "1.2", "2.0", "2.1", "3.1");
    }

    @Test
    void writeTo_ofTimeWindows_takesEachInputsOwnWithBothEnds() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 30, 50, 20));
        Path b = file(directory, "b", pcap(2, 20, 30, 40));
        Path c = file(directory, "c", pcap(3, 10, 90));

        MergeReport report = PacketFiles.merge()
                .input(a, input -> input.between(TimestampUnit.instant(20_000), TimestampUnit.instant(30_000)))
                .input(b)
                .input(c, input -> input.between(TimestampUnit.instant(11_000), TimestampUnit.instant(89_000)))
                .writeTo(output);

        assertThat(packets(output))
                .extracting(PacketMergeTest::tagAndPosition)
                .containsExactly("2.0", "1.1", "1.3", "2.1", "2.2");
        assertThat(report.inputs()).extracting(MergeReport.Input::packetsRead).containsExactly(4L, 3L, 2L);
        assertThat(report.inputs())
                .extracting(MergeReport.Input::packetsWritten)
                .containsExactly(2L, 3L, 0L);
    }

    @Test
    void between_windowThatEndsBeforeItBegins_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.merge()
                        .input(output, input -> input.between(TimestampUnit.instant(2), TimestampUnit.instant(1))));
    }

    @Test
    void writeTo_ofDifferentUnits_passesTicksUnconverted() throws IOException {
        Path micros = file(directory, "micros", octets(Samples.PCAP_LITTLE_ENDIAN));
        Path nanos = file(directory, "nanos", octets(Samples.PCAPNG_BIG_ENDIAN));

        PacketFiles.merge(micros, nanos).writeTo(output);

        List<Packet> packets = packets(output);
        assertThat(packets)
                .extracting(Packet::timestampNanos)
                .containsExactly(
                        1_700_000_000_000_000_001L,
                        1_700_000_000_000_001_000L,
                        1_700_000_000_999_999_000L,
                        1_700_000_000_999_999_999L);
        assertThat(packets)
                .extracting(packet -> packet.interfaceDescription().timestampResolution())
                .containsExactly(9, 6, 6, 9);
        assertThat(packets.get(1).ticks()).isEqualTo(1_700_000_000_000_001L);
    }

    @Test
    void writeTo_withBinaryUnitAndOffset_losesNoTick() throws IOException {
        String hex = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 28000000 0100 0000 00000000 0900 0100 94000000 0e00 0800 0a00000000000000 28000000"
                + "06000000 20000000 00000000 01000000 03000010 00000000 00000000 20000000";
        Path input = file(directory, "binary", octets(hex));

        PacketFiles.merge(input).writeTo(output);

        Packet packet = packets(output).get(0);
        assertThat(packet.ticks()).isEqualTo(0x1_1000_0003L);
        assertThat(packet.timestampNanos()).isEqualTo((0x1_1000_0003L * 1_000_000_000L >> 20) + 10_000_000_000L);
    }

    @Test
    void writeTo_withOptions_relabelsAndDescribes() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));
        InterfaceStatistics statistics =
                InterfaceStatistics.builder().delivered(1).droppedByKernel(0).build();

        PacketFiles.merge()
                .input(
                        a,
                        input -> input.name("cart-0")
                                .description("pod shop/cart-0")
                                .filter("tcp")
                                .os("Linux")
                                .hardware("veth")
                                .statistics(statistics))
                .sectionComment("test CheckoutIT")
                .userApplication("PodCapture 0.1")
                .names(Map.of(InetAddress.getByName("10.1.2.3"), List.of("cart-0")))
                .writeTo(output);

        try (PacketCursor cursor = PacketCursor.open(output)) {
            assertThat(cursor.next()).isTrue();
            InterfaceDescription description = cursor.interfaceDescription();
            assertThat(description.name()).contains("cart-0");
            assertThat(description.description()).contains("pod shop/cart-0");
            assertThat(description.filter()).contains("tcp");
            assertThat(description.os()).contains("Linux");
            assertThat(description.hardware()).contains("veth");
            assertThat(description.snaplen()).isEqualTo(262_144);
            assertThat(cursor.sectionComment()).contains("test CheckoutIT");
            assertThat(cursor.skippedBlocks()).isEqualTo(1);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.skippedBlocks()).isEqualTo(2);
        }
    }

    @Test
    void writeTo_ofPcapngWithSections_keepsAllInterfaces() throws IOException {
        Path a = file(directory, "a", octets(Samples.PCAPNG_BIG_ENDIAN, Samples.PCAPNG_LITTLE_ENDIAN));
        Path b = file(directory, "b", pcap(2, 1_700_000_000_500_000L));

        PacketFiles.merge().input(a, input -> input.name("web")).input(b).writeTo(output);

        List<Packet> packets = packets(output);
        assertThat(packets)
                .extracting(packet -> packet.interfaceDescription().name().orElse("none"))
                .containsExactly("web", "none", "web", "web/eth0", "web/eth0");
    }

    @Test
    void writeTo_ofACutInput_givesItsWholePacketsAndSaysSo() throws IOException {
        byte[] whole = pcap(1, 10, 30, 50);
        Path cut = file(directory, "cut", Arrays.copyOf(whole, whole.length - 1));
        Path headerCut = file(directory, "header-cut", Arrays.copyOf(whole, 23));
        Path empty = file(directory, "empty", new byte[0]);
        Path headerOnly = file(directory, "header-only", Arrays.copyOf(whole, 24));
        Path good = file(directory, "good", pcap(2, 20, 40, 60));

        MergeReport report =
                PacketFiles.merge(cut, headerCut, empty, headerOnly, good).writeTo(output);

        assertThat(packets(output))
                .extracting(PacketMergeTest::tagAndPosition)
                .containsExactly("1.0", "2.0", "1.1", "2.1", "2.2");
        assertThat(report.complete()).isFalse();
        assertThat(report.inputs())
                .extracting(input -> input.reading().truncation().isPresent())
                .containsExactly(true, true, true, false, false);
        assertThat(report.inputs())
                .extracting(input -> input.reading().endOffset())
                .containsExactly(24L + 2 * 76, 0L, 0L, 24L, 24L + 3 * 76);
        try (PacketCursor cursor = PacketCursor.open(output)) {
            cursor.next();
            assertThat(cursor.interfaces()).hasSize(3);
        }
    }

    @Test
    void writeTo_ofADamagedInput_givesThePacketsBeforeAndSaysSo() throws IOException {
        byte[] damaged = pcap(1, 10, 20, 30);
        ByteBuffer.wrap(damaged).putInt(24 + 76 + 8, 0x7f7f7f7f);
        Path a = file(directory, "a", damaged);
        Path b = file(directory, "b", pcap(2, 40));

        MergeReport report = PacketFiles.merge(a, b).writeTo(output);

        assertThat(packets(output)).extracting(PacketMergeTest::tagAndPosition).containsExactly("1.0", "2.0");
        MergeReport.Input input = report.inputs().get(0);
        assertThat(input.reading().truncation()).isEmpty();
        assertThat(input.reading().damage())
                .hasValueSatisfying(e -> assertThat(e.offset()).isEqualTo(100));
    }

    @Test
    void writeTo_ofAnotherFormat_failsNamingTheInput() throws IOException {
        Path zip = file(directory, "a.zst", octets("28b52ffd 00000000"));

        assertThatThrownBy(() -> PacketFiles.merge(zip).writeTo(output))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageStartingWith(zip.toString())
                .hasMessageContaining("zstd -d");
        assertThat(output).doesNotExist();
    }

    @Test
    void writeTo_ofAMissingInput_failsNamingIt() {
        Path missing = directory.resolve("missing");

        assertThatIOException()
                .isThrownBy(() -> PacketFiles.merge(missing).writeTo(output))
                .withMessageContaining("cannot read capture file " + missing);
    }

    @Test
    void writeTo_ofDisorderWithinAnInput_writesAllAndCounts() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 30, 20, 25, 40));
        Path b = file(directory, "b", pcap(2, 15, 35));

        MergeReport report = PacketFiles.merge(a, b).writeTo(output);

        assertThat(packets(output))
                .extracting(PacketMergeTest::tagAndPosition)
                .containsExactly("1.0", "2.0", "1.1", "1.2", "1.3", "2.1", "1.4");
        assertThat(report.inputs()).extracting(MergeReport.Input::outOfOrder).containsExactly(2L, 0L);
    }

    @Test
    void writeTo_ofDifferentSnaplens_unifiesToTheLargestUnlessTold() throws IOException {
        Path a = file(directory, "a", snaplen("40000000", "01000000"));
        Path b = file(directory, "b", snaplen("60000000", "01000000"));
        Path unlimited = file(directory, "unlimited", snaplen("00000000", "01000000"));
        Path raw = file(directory, "raw", snaplen("50000000", "65000000"));

        assertThat(mergedSnaplens(PacketFiles.merge(a, b))).containsExactly(0x60L, 0x60L);
        assertThat(mergedSnaplens(PacketFiles.merge(a, unlimited))).containsExactly(0L, 0L);
        assertThat(mergedSnaplens(PacketFiles.merge(a, raw))).containsExactly(0x40L, 0x50L);
        assertThat(mergedSnaplens(PacketFiles.merge(a, b).unifySnaplens(false))).containsExactly(0x40L, 0x60L);
    }

    @Test
    void writeTo_ofPacketsBeyondTheirSnaplen_raisesAllSnaplens() throws IOException {
        byte[] small = pcap(1, 10, 20);
        ByteBuffer.wrap(small).putInt(16, 0x10000000);
        Path a = file(directory, "a", small);
        Path b = file(directory, "b", snaplen("08000000", "01000000"));

        assertThat(mergedSnaplens(PacketFiles.merge(a, b))).containsExactly(60L, 60L);
        assertThat(mergedSnaplens(PacketFiles.merge(a, b).unifySnaplens(false))).containsExactly(60L, 8L);
    }

    @Test
    void writeTo_ontoAnInput_isRefused() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));
        byte[] before = Files.readAllBytes(a);
        Path link = Files.createSymbolicLink(directory.resolve("link"), a);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.merge(a).writeTo(link))
                .withMessageContaining("choose another name");
        assertThat(a).hasBinaryContent(before);
    }

    @Test
    void writeTo_ontoADirectory_isRefused() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));

        assertThatIOException()
                .isThrownBy(() -> PacketFiles.merge(a).writeTo(directory))
                .withMessageContaining("not a regular file");
    }

    @Test
    void writeTo_intoAMissingDirectory_namesTheOutput() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));
        Path nowhere = directory.resolve("nowhere").resolve("out.pcapng");

        assertThatIOException()
                .isThrownBy(() -> PacketFiles.merge(a).writeTo(nowhere))
                .withMessageContaining("cannot create capture file " + nowhere + ":");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void writeTo_ontoAnOlderFile_replacesItForItsOwnerAlone() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));
        file(directory, "merged.pcapng", new byte[100_000]);

        PacketFiles.merge(a).writeTo(output);

        assertThat(packets(output)).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
                .isEqualTo("rw-------");
    }

    @Test
    void writeTo_byAnInterruptedThread_isDoneAndKeepsTheInterrupt() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));

        Thread.currentThread().interrupt();
        try {
            PacketFiles.merge(a).writeTo(output);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(packets(output)).hasSize(2);
    }

    @Test
    void writeTo_aChannel_leavesItOpen() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(out);

        PacketFiles.merge(a).writeTo(channel);
        PacketFiles.merge(a).writeTo(output);

        assertThat(channel.isOpen()).isTrue();
        assertThat(output).hasBinaryContent(out.toByteArray());
    }

    @Test
    void writeTo_twiceOrWithoutInput_isRefused() throws IOException {
        PacketMerge merge = PacketFiles.merge(file(directory, "a", pcap(1, 10)));
        merge.writeTo(output);

        assertThatIllegalStateException().isThrownBy(() -> merge.writeTo(output));
        assertThatIllegalStateException().isThrownBy(() -> PacketFiles.merge().writeTo(output));
    }

    @Test
    void writeTo_ofManyInputs_mergesThemAll() throws IOException {
        PacketMerge merge = PacketFiles.merge();
        for (int i = 0; i < 700; i++) {
            merge.input(file(directory, "in" + i, pcap(i, 1_000 - i, 2_000 + i)));
        }

        MergeReport report = merge.writeTo(output);

        assertThat(report.packetsWritten()).isEqualTo(1_400);
        assertThat(packets(output)).extracting(Packet::timestampNanos).isSorted();
    }

    private List<Long> mergedSnaplens(PacketMerge merge) throws IOException {
        merge.writeTo(output);
        try (PacketCursor cursor = PacketCursor.open(output)) {
            while (cursor.next()) {}
            return cursor.interfaces().stream()
                    .map(InterfaceDescription::snaplen)
                    .toList();
        }
    }

    private static byte[] snaplen(String snaplen, String linkType) {
        return octets("d4c3b2a1 0200 0400 0000000000000000", snaplen, linkType);
    }

    private static String tagAndPosition(Packet packet) {
        ByteBuffer data = packet.data();
        return data.getInt(0) + "." + data.getInt(4);
    }
}
