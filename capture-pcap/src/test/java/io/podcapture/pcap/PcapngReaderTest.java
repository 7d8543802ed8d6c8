package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.packets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngReaderTest {
    private static final byte[] DATA = {1, 2, 3, 4, 5};

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void blocks_ofEveryType_areToldInFileOrderBeforeTheirPacket(ByteOrder order) throws IOException {
        PcapngSample sample = new PcapngSample(order);
        sample.section(sample.option(1, "first")).description(1, 0);
        sample.block(10, new byte[12]).enhanced(0, 1, DATA, 5);
        sample.block(4, new byte[4]).block(5, new byte[12]).block(9, new byte[8]);
        sample.block(0xbad, new byte[8]).block(0x40000bad, new byte[8]).block(0x80000001, new byte[0]);
        sample.enhanced(0, 2, DATA, 5);
        sample.raw(Samples.octets(Samples.PCAPNG_BIG_ENDIAN)).block(5, new byte[12]);
        byte[] octets =
                order == ByteOrder.BIG_ENDIAN ? sample.octets() : Arrays.copyOf(sample.octets(), sample.length() - 24);
        List<String> told = new ArrayList<>();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        try (PacketCursor cursor = open(octets)) {
            cursor.blocks(block -> {
                told.add(Integer.toHexString(block.type) + " " + block.section + " " + block.firstInterface);
                copy(block, copy);
            });
            while (cursor.next()) {
                told.add("packet " + cursor.interfaceIndex());
                copy(cursor.block(), copy);
            }
        }

        List<String> expected = new ArrayList<>(List.of(
                "a0d0d0a 0 0", "1 0 0", "a 0 0", "packet 0", "4 0 0", "5 0 0", "9 0 0", "bad 0 0", "40000bad 0 0"));
        expected.addAll(List.of("80000001 0 0", "packet 0", "a0d0d0a 1 1", "1 1 1", "packet 1", "packet 1"));
        if (order == ByteOrder.BIG_ENDIAN) {
            expected.add("5 1 1");
        }
        assertThat(told).isEqualTo(expected);
        assertThat(copy.toByteArray()).isEqualTo(octets);
    }

    @Test
    void block_ofAPacket_hasItsOptionsInTheSectionsByteOrder() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.BIG_ENDIAN);
        sample.section().description(1, 0).enhanced(0, 7, DATA, 9, sample.option32(2, 1), sample.end());

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isTrue();
            PcapngBlock block = cursor.block();
            assertThat(block.type).isEqualTo(6);
            assertThat(block.length).isEqualTo(32 + 8 + 12);
            assertThat(block.u32(16)).isEqualTo(7);
            assertThat(block.u16(36)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void next_onObsoletePacket_givesDropsAndOptions(ByteOrder order) throws IOException {
        PcapngSample sample = new PcapngSample(order);
        sample.section().description(1, 0);
        sample.obsolete(0, 7, 1, DATA, 9, sample.option32(2, 1)).obsolete(0, 0xffff, 2, DATA, 9);

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.reader().drops).isEqualTo(7);
            assertThat(options(cursor)).isEqualTo("0200040001000000" + "040008000700000000000000" + "00000000");
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.reader().drops).isZero();
            assertThat(options(cursor)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 5", "3, 5, 3", "0, 9, 8", "4000000, 5, 5"})
    void next_onSimplePacket_isAsLongAsSnaplenOriginalAndBlockAllow(int snaplen, int original, int captured)
            throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, snaplen).description(101, 1).simple(DATA, original);

        List<Packet> packets = packets(open(sample.octets()));

        assertThat(packets).singleElement().satisfies(packet -> {
            assertThat(packet.capturedLength()).isEqualTo(captured);
            assertThat(packet.originalLength()).isEqualTo(original);
            assertThat(packet.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(packet.hasTimestamp()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1500000, 0, 1500000000",
        "0, 3, 0, 3000000000",
        "9, 1500000000, 0, 1500000000",
        "12, 1500000000999, 0, 1500000000",
        "148, 1572864, 0, 1500000000",
        "128, 3, -1, 2000000000",
        "6, 1500000, -2, -500000000",
        "6, 1500000, 10, 11500000000",
        "127, 5, 0, 0",
        "255, 5, 1, 1000000000"
    })
    void timestampNanos_ofAnyUnit_isExactOrRoundedDown(int resolution, long ticks, long offset, long nanos)
            throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.BIG_ENDIAN);
        byte[] unit = {(byte) resolution};
        sample.section().description(1, 0, sample.option(9, unit), sample.option64(14, offset), sample.end());
        sample.enhanced(0, ticks, DATA, 5);

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.timestampNanos()).isEqualTo(nanos);
            assertThat(cursor.ticks()).isEqualTo(ticks);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "17", "123456789", "9223372036854775807"})
    void next_onWrongSectionLength_goesByBlocks(long length) throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section(length).description(1, 0).enhanced(0, 1, DATA, 5);
        sample.section(length).description(1, 0).enhanced(0, 2, DATA, 5);

        assertThat(packets(open(sample.octets())))
                .extracting(Packet::interfaceIndex)
                .containsExactly(0, 1);
    }

    @Test
    void next_onInterfaceOfAnotherSection_isDamage() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section()
                .description(1, 0)
                .description(1, 0)
                .section()
                .description(1, 0)
                .enhanced(1, 1, DATA, 5);

        try (PacketCursor cursor = open(sample.octets())) {
            assertThatThrownBy(cursor::next).hasMessageContaining("interface 1, the section describes 1 before");
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void otherOptions_ofAnInterface_areAllCarriedLittleEndian(ByteOrder order) throws IOException {
        PcapngSample sample = new PcapngSample(order);
        byte[] program = order == ByteOrder.BIG_ENDIAN
                ? Samples.octets("01 0028 00 01 0000000c")
                : Samples.octets("01 2800 00 01 0c000000");
        byte[] custom = order == ByteOrder.BIG_ENDIAN ? Samples.octets("00007d8a 61") : Samples.octets("8a7d0000 61");
        sample.section()
                .description(
                        1,
                        0,
                        sample.option(1, "c1"),
                        sample.option(1, "c2"),
                        sample.option(4, new byte[8]),
                        sample.option64(8, 1_000),
                        sample.option32(10, 3_600),
                        sample.option(11, program),
                        sample.option(13, new byte[] {4}),
                        sample.option64(16, 1_001),
                        sample.option64(17, 1_002),
                        sample.option64(17, 1_003),
                        sample.option(18, "Europe/Berlin"),
                        sample.option(2988, custom),
                        sample.option(19372, custom));

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.interfaces().get(0).otherOptions())
                    .extracting(option -> option.code() + " " + HexFormat.of().formatHex(option.value()))
                    .containsExactly(
                            "1 6331",
                            "1 6332",
                            "4 0000000000000000",
                            "8 e803000000000000",
                            "10 100e0000",
                            "11 01280000010c000000",
                            "13 04",
                            "16 e903000000000000",
                            "17 ea03000000000000",
                            "18 4575726f70652f4265726c696e",
                            "2988 8a7d000061");
        }
    }

    @Test
    void filter_setAnew_takesThePlaceOfACompiledOne() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, sample.option(11, new byte[] {1}));

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isFalse();
            InterfaceDescription read = cursor.interfaces().get(0);
            assertThat(read.filter()).isEmpty();
            assertThat(read.otherOptions()).hasSize(1);
            assertThat(read.toBuilder().filter("ip").build().otherOptions()).isEmpty();
        }
    }

    @Test
    void next_onManyCommentedSections_retainsTheLastAlone() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 400; i++) {
            sample.section(sample.option(1, new byte[60_000]));
        }

        try (PacketCursor cursor = open(sample.octets())) {
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void next_onDescriptionsWithoutEnd_stopsBeforeTheyFillTheMemory() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section();
        for (int i = 0; i < 70_000; i++) {
            sample.description(1, 0);
        }

        try (PacketCursor cursor = open(sample.octets())) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(PcapFormatException.class)
                    .hasMessageContaining("octets of descriptions");
        }
    }

    private static void copy(PcapngBlock block, ByteArrayOutputStream to) {
        byte[] octets = new byte[block.length];
        block.buffer.get(block.position, octets);
        to.writeBytes(octets);
    }

    /** Those of the packet's block in a file that it is written to. */
    private static String options(PacketCursor cursor) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PcapngWriter writer = PcapngWriter.builder().open(written)) {
            writer.addInterface(cursor.interfaceDescription());
            writer.write(0, cursor);
        }
        try (PacketCursor again = open(written.toByteArray())) {
            assertThat(again.next()).isTrue();
            byte[] octets = new byte[again.reader().optionsLength];
            again.block().buffer.get(again.reader().optionsPosition, octets);
            return HexFormat.of().formatHex(octets);
        }
    }

    private static PacketCursor open(byte[] octets) throws IOException {
        return PacketCursor.open(new ByteArrayInputStream(octets));
    }
}
