package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.file;
import static io.podcapture.pcap.Samples.packets;
import static io.podcapture.pcap.Samples.pcap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy keeps, in each format. */
class CopyTest {
    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("out");
    }

    @Test
    void pcapng_ofOneSection_isCopiedOctetForOctet() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        byte[] whole = everything(sample).octets();

        PacketFiles.merge(file(directory, "in", whole)).unifySnaplens(false).writeTo(output);

        assertThat(blocks(output)).containsExactlyElementsOf(blocks(file(directory, "again", whole)));
    }

    @Test
    void pcapng_ofTheOtherByteOrder_saysTheSame() throws IOException {
        byte[] big = everything(new PcapngSample(ByteOrder.BIG_ENDIAN)).octets();
        byte[] little = everything(new PcapngSample(ByteOrder.LITTLE_ENDIAN)).octets();

        PacketFiles.merge(file(directory, "in", big)).unifySnaplens(false).writeTo(output);

        // Of a description that is turned, options known by name come first.
        List<String> expected = blocks(file(directory, "little", little));
        assertThat(blocks(output).get(1)).hasSameSizeAs(expected.get(1)).isNotEqualTo(expected.get(1));
        expected.set(1, blocks(output).get(1));
        assertThat(blocks(output)).containsExactlyElementsOf(expected);
    }

    @Test
    void obsoletePacket_withOptionsOfAnyLength_hasItsDropCountAndTheirEnd() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        PcapngSample expected = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0);
        expected.section().description(1, 0);
        for (int words = 55; words <= 70; words++) {
            byte[] comment = sample.option(1, new byte[4 * words]);
            sample.obsolete(0, 7, words, new byte[4], 4, comment);
            expected.enhanced(0, words, new byte[4], 4, comment, expected.option64(4, 7), expected.end());
        }

        PacketFiles.merge(file(directory, "in", sample.octets())).writeTo(output);

        assertThat(output).hasBinaryContent(expected.octets());
    }

    @Test
    void timeOffset_toBeforeAnInterfacesOrigin_writesTheOriginAndCounts() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, sample.option64(14, 1_000));
        sample.enhanced(0, 5_000_000, new byte[4], 4);

        MergeReport report = PacketFiles.merge()
                .input(file(directory, "in", sample.octets()), input -> input.timeOffset(Duration.ofSeconds(-10)))
                .writeTo(output);

        assertThat(report.inputs().get(0).clamped()).isEqualTo(1);
        assertThat(packets(output)).extracting(Packet::timestampNanos).containsExactly(1_000_000_000_000L);
    }

    @Test
    void pcapng_withWhatMustNotBeCopied_leavesItOutAndCounts() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        byte[] custom = HexFormat.of().parseHex("12345678ff");
        sample.section(sample.option(19372, custom));
        sample.description(1, 0, sample.option(2, "eth0"), sample.option(19373, custom));
        sample.block(0x40000bad, custom);
        sample.block(0x80000007, custom);
        sample.enhanced(0, 5, new byte[] {1, 2, 3}, 3, sample.option(1, "kept"), sample.option(19372, custom));

        MergeReport report =
                PacketFiles.merge(file(directory, "in", sample.octets())).writeTo(output);

        assertThat(HexFormat.of().formatHex(Files.readAllBytes(output))).doesNotContain("12345678ff");
        assertThat(Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("kept");
        assertThat(report.inputs().get(0).skippedBlocks()).isEqualTo(2);
        assertThat(report.inputs().get(0).skippedOptions()).isEqualTo(3);
    }

    @Test
    void pcap_ofPcapngWithOptions_countsThemAsLeftOut() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section(sample.option(1, "a"), sample.option(4, "b"), sample.end());
        sample.description(1, 64, sample.option(2, "eth0"), sample.option(9, new byte[] {6}), sample.option(1, "c"));
        sample.enhanced(0, 5, new byte[] {1, 2, 3}, 3, sample.option(1, "d"), sample.option(2, new byte[4]));
        sample.description(1, 64, sample.option(2, "eth1"));
        sample.enhanced(1, 6, new byte[] {1, 2, 3}, 3, sample.option(1, "e")).enhanced(1, 7, new byte[3], 3);
        Path in = file(directory, "in", sample.octets());

        MergeReport merged = PacketFiles.merge(in).format(OutputFormat.PCAP).writeTo(output);
        CopyReport converted = PacketFiles.convert(in, OutputFormat.PCAP).writeTo(output);
        SplitReport inTurn =
                PacketFiles.split(in).packets(1).format(OutputFormat.PCAP).writeTo(directory);
        SplitReport split =
                PacketFiles.split(in).byInterface().format(OutputFormat.PCAP).writeTo(directory);

        assertThat(merged.inputs().get(0).skippedOptions()).isEqualTo(8);
        assertThat(converted.skippedOptions()).isEqualTo(8);
        assertThat(inTurn.copy().skippedOptions()).isEqualTo(8);
        assertThat(split.copy().skippedOptions()).isEqualTo(8);
    }

    @Test
    void pcapng_statisticsOfTwoInputs_keepTheirInterfaces() throws IOException {
        Path a = file(
                directory,
                "a",
                everything(new PcapngSample(ByteOrder.LITTLE_ENDIAN)).octets());

        PacketFiles.merge(a, a).writeTo(output);

        List<Long> interfaces = new ArrayList<>();
        try (PacketCursor cursor = PacketCursor.open(output)) {
            cursor.blocks(block -> {
                if (block.type == PcapngCodes.INTERFACE_STATISTICS) {
                    interfaces.add(block.u32(8));
                }
            });
            while (cursor.next()) {}
        }
        assertThat(interfaces).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void pcapng_ofEqualInterfaces_areOneIfAsked() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 64, sample.option(2, "eth0"), sample.option(11, "\0tcp"));
        sample.enhanced(0, 5, new byte[4], 4);
        PcapngSample other = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        other.section().description(1, 64, other.option(2, "eth0"), other.option(11, "\0udp"));
        other.enhanced(0, 6, new byte[4], 4);
        Path a = file(directory, "a", sample.octets());
        Path b = file(directory, "b", other.octets());

        PacketFiles.merge(a, a, b).interfaces(InterfaceMerging.EQUAL).writeTo(output);

        assertThat(packets(output)).extracting(Packet::interfaceIndex).containsExactly(0, 0, 1);
    }

    @Test
    void pcap_ofMicroseconds_isCopiedOctetForOctet() throws IOException {
        byte[] whole = pcap(1, 10, 20, 4_000_000_000_000_000L);
        Path in = file(directory, "in", whole);

        PacketFiles.merge(in).format(OutputFormat.PCAP).writeTo(output);

        assertThat(output).hasBinaryContent(whole);
    }

    @Test
    void pcap_withAnInputOfNanoseconds_isOfNanoseconds() throws IOException {
        Path micros = file(directory, "micros", pcap(1, 10));
        Path nanos = file(directory, "nanos", Samples.octets(Samples.PCAPNG_LITTLE_ENDIAN));

        PacketFiles.merge(micros, nanos).format(OutputFormat.PCAP).writeTo(output);

        assertThat(packets(output))
                .extracting(Packet::timestampNanos)
                .containsExactly(10_000L, 1_700_000_000_000_000_001L, 1_700_000_000_999_999_999L);
    }

    @Test
    void pcap_ofSeveralLinkTypes_isRefusedWithTheList() throws IOException {
        byte[] raw = pcap(2, 20);
        raw[20] = 101;
        Path a = file(directory, "a", pcap(1, 10));
        Path b = file(directory, "b", raw);

        for (OutputFormat format : List.of(OutputFormat.PCAP, OutputFormat.LIBPCAP_SAFE)) {
            assertThatExceptionOfType(CaptureOutputException.class)
                    .isThrownBy(() -> PacketFiles.merge(a, b).format(format).writeTo(output))
                    .withMessageContaining("ETHERNET (1) of " + a)
                    .withMessageContaining("RAW (101) of " + b);
            assertThat(directory)
                    .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
        }
    }

    /** With more before the first interface than is held back, the output begins without knowing a link type. */
    @Test
    void libpcapSafe_thatHadToBeginWithoutInterfaces_refusesAnotherLinkType() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN).section();
        for (int i = 0; i < 5; i++) {
            sample.block(PcapngCodes.SYSTEMD_JOURNAL, new byte[1 << 20]);
        }
        sample.description(101, 0, new byte[0]).enhanced(0, 7, new byte[20], 20);
        Path in = file(directory, "in", sample.octets());

        assertThatExceptionOfType(CaptureOutputException.class)
                .isThrownBy(
                        () -> PacketFiles.convert(in, OutputFormat.LIBPCAP_SAFE).writeTo(output))
                .withMessageContaining("several link types");
    }

    @Test
    void oneLinkType_ofWhichAnInputHasOnlyADescription_isThatOfThePackets() throws IOException {
        byte[] header = pcap(2);
        header[20] = (byte) 276;
        header[21] = 276 >> 8;
        Path empty = file(directory, "empty", header);
        Path a = file(directory, "a", pcap(1, 10, 20));

        for (OutputFormat format : List.of(OutputFormat.PCAP, OutputFormat.LIBPCAP_SAFE)) {
            PacketFiles.merge(empty, a).format(format).writeTo(output);

            assertThat(packets(output))
                    .hasSize(2)
                    .allSatisfy(packet ->
                            assertThat(packet.interfaceDescription().linkType()).isEqualTo(LinkType.ETHERNET));
        }
    }

    @Test
    void libpcapSafe_withAnIdleInterfaceOfAnotherLinkType_describesThoseOfTheFirstPacket() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(276, 0).description(1, 0, sample.option(2, "eth0"));
        sample.enhanced(1, 5, new byte[4], 4).description(276, 0).description(1, 0, sample.option(2, "eth1"));
        for (int id = 0; id < 4; id++) {
            sample.block(5, sample.number(id), new byte[8], sample.option64(4, id), sample.end());
        }
        sample.enhanced(3, 6, new byte[4], 4);

        PacketFiles.merge(file(directory, "in", sample.octets()))
                .format(OutputFormat.LIBPCAP_SAFE)
                .writeTo(output);

        PcapngSample expected = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        expected.section().description(1, 262_144, expected.option(2, "eth0"));
        expected.enhanced(0, 5, new byte[4], 4);
        expected.description(1, 262_144, expected.option(2, "eth1"));
        for (int id = 1; id < 4; id += 2) {
            expected.block(5, expected.number(id / 2), new byte[8], expected.option64(4, id), expected.end());
        }
        expected.enhanced(1, 6, new byte[4], 4);
        assertThat(blocks(output).subList(1, 7))
                .isEqualTo(
                        blocks(file(directory, "expected", expected.octets())).subList(1, 7));
    }

    @Test
    void pcap_ofTimesBeyondIt_writesTheNearestAndCounts() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, sample.option(9, new byte[] {0}));
        sample.enhanced(0, 5, new byte[4], 4).enhanced(0, 1L << 32, new byte[4], 4);

        MergeReport report = PacketFiles.merge(file(directory, "in", sample.octets()))
                .format(OutputFormat.PCAP)
                .writeTo(output);

        assertThat(report.inputs().get(0).clamped()).isEqualTo(1);
        assertThat(packets(output))
                .extracting(Packet::timestampNanos)
                .containsExactly(5_000_000_000L, 4_294_967_295_999_999_000L);
    }

    @Test
    void snaplen_ofPcap_isTheLargestAndNeverBelowARecord() throws IOException {
        byte[] small = pcap(1, 10);
        ByteBuffer.wrap(small).putInt(16, 0x10000000);
        byte[] none = pcap(1, 10);
        ByteBuffer.wrap(none).putInt(16, 0);

        assertThat(snaplen(file(directory, "small", small), OutputFormat.PCAP)).isEqualTo(60);
        assertThat(snaplen(file(directory, "none", none), OutputFormat.PCAP)).isEqualTo(262_144);
        assertThat(snaplen(file(directory, "none", none), OutputFormat.LIBPCAP_SAFE))
                .isEqualTo(262_144);
    }

    private long snaplen(Path in, OutputFormat format) throws IOException {
        PacketFiles.merge(in).format(format).writeTo(output);
        return packets(output).get(0).interfaceDescription().snaplen();
    }

    @Test
    void timeOffset_ofLessThanTheUnit_makesNanoseconds() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));

        PacketFiles.merge()
                .input(a, input -> input.timeOffset(Duration.ofNanos(-1)))
                .input(a, input -> input.timeOffset(Duration.ofNanos(-2_000)))
                .writeTo(output);

        assertThat(packets(output)).extracting(Packet::timestampNanos).containsExactly(8_000L, 9_999L);
        assertThat(packets(output))
                .extracting(packet -> packet.interfaceDescription().timestampResolution())
                .containsExactly(6, 9);
    }

    /** Names, secrets, statistics and all kinds of options, in the order in which they are to be in the output. */
    private static PcapngSample everything(PcapngSample to) {
        to.section(to.option(1, "one"), to.option(1, "two"), to.option(2, "machine"), to.option(3, "os"), to.end());
        to.description(
                1,
                96,
                to.option(2, "eth0"),
                to.option(3, "d\0"),
                to.option(4, new byte[8]),
                to.option(4, new byte[] {10, 0, 0, 1, -1, 0, 0, 0}),
                to.option64(8, 1_000_000_000L),
                to.option(9, new byte[] {(byte) 0x94}),
                to.option(11, "\0tcp"),
                to.option64(14, -3),
                to.option(2988, joined(to.number(7), "custom")),
                to.end());
        to.block(
                4,
                to.shorts(1, 7),
                new byte[] {10, 0, 0, 1, 'a', 'b', 0, 0},
                to.shorts(0, 0),
                to.option(2, "dns"),
                to.end());
        to.block(
                10,
                to.number(0x544c534b),
                to.number(5),
                new byte[] {1, 2, 3, 4, 5, 0, 0, 0},
                to.option(1, "s"),
                to.end());
        to.block(9, "A=B\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        to.block(0xbad, to.number(77), new byte[] {9, 9, 9, 9});
        to.enhanced(
                0,
                0x1_1000_0003L,
                new byte[] {1, 2, 3},
                1_500,
                to.option(1, "comment"),
                to.option32(2, 0x12345678),
                to.option64(4, 3),
                to.option64(5, 4),
                to.option(7, new byte[] {0, 1}),
                to.end());
        to.block(
                5,
                to.number(0),
                to.number(1),
                to.number(3),
                to.option(2, joined(to.number(1), to.number(2))),
                to.option64(4, 12),
                to.option(1, "of it"),
                to.end());
        return to.enhanced(0, 0x1_1000_0004L, new byte[] {4}, 1);
    }

    private static byte[] joined(byte[] head, String text) {
        return joined(head, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        return GzipTest.join(head, tail);
    }

    static List<String> blocks(Path file) throws IOException {
        List<String> blocks = new ArrayList<>();
        try (PacketCursor cursor = PacketCursor.open(file)) {
            cursor.blocks(block -> blocks.add(hex(block)));
            while (cursor.next()) {
                blocks.add(hex(cursor.block()));
            }
        }
        return blocks;
    }

    private static String hex(PcapngBlock block) {
        byte[] octets = new byte[block.length];
        block.buffer.get(block.position, octets);
        return HexFormat.of().formatHex(octets);
    }
}
