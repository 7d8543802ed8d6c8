package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void write_ofAWholeFile_givesTheOctetsOfTheDraft() throws IOException {
        try (PcapngWriter writer = PcapngWriter.builder().comment("hi").open(out)) {
            int index = writer.addInterface(InterfaceDescription.builder(LinkType.ETHERNET)
                    .snaplen(262_144)
                    .name("eth0")
                    .timestampResolution(9)
                    .build());
            writer.write(index, 1_700_000_000_000_000_001L, ByteBuffer.wrap(Samples.octets("deadbeef")), 4);
            writer.write(index, 1_700_000_000_999_999_999L, ByteBuffer.wrap(Samples.octets("010203")), 60);
        }

        assertThat(out.toByteArray()).isEqualTo(Samples.octets(Samples.PCAPNG_LITTLE_ENDIAN));
    }

    @Test
    void sectionHeader_ofAllTexts_hasThem() throws IOException {
        PcapngWriter.builder()
                .comment("one")
                .comment("two")
                .hardware("h")
                .os("o")
                .userApplication("u")
                .open(out)
                .close();

        assertThat(out.toByteArray())
                .isEqualTo(Samples.octets("0a0d0d0a 48000000 4d3c2b1a 0100 0000 ffffffffffffffff"
                        + "0100 0300 6f6e6500 0100 0300 74776f00 0200 0100 68000000 0300 0100 6f000000"
                        + "0400 0100 75000000 00000000 48000000"));
    }

    @Test
    void addInterface_ofEveryProperty_isReadBackEqual() throws IOException {
        InterfaceDescription written = InterfaceDescription.builder(LinkType.LINUX_SLL2)
                .snaplen(0xffff_ffffL)
                .name("cart-0")
                .description("pod shop/cart-0 \u2192 any")
                .filter("tcp port 80")
                .os("Linux")
                .hardware("veth")
                .timestampResolution(0x94)
                .timestampOffsetSeconds(-5)
                .build();
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            assertThat(writer.addInterface(written)).isZero();
            assertThat(writer.addInterface(written)).isEqualTo(1);
        }

        InterfaceDescription read = readBack().interfaces().get(1);

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("verbatimOptions")
                .isEqualTo(written);
    }

    @Test
    void comment_beyondAnOption_isCutBeforeACharacterWithEllipsis() throws IOException {
        String comment = "\u20ac".repeat(30_000);
        PcapngWriter.builder().comment(comment).open(out).close();

        String read = readBack().sectionComment().orElseThrow();

        assertThat(read).isEqualTo("\u20ac".repeat(21_844) + "\u2026");
        assertThat(read.getBytes(StandardCharsets.UTF_8)).hasSize(65_535);
    }

    @Test
    void filter_beyondAnOption_leavesRoomForItsKind() throws IOException {
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            writer.addInterface(InterfaceDescription.builder(LinkType.RAW)
                    .filter("x".repeat(65_535))
                    .build());
            writer.addInterface(InterfaceDescription.builder(LinkType.RAW)
                    .filter("x".repeat(65_534))
                    .build());
        }

        List<InterfaceDescription> read = readBack().interfaces();

        assertThat(read.get(0).filter()).contains("x".repeat(65_531) + "\u2026");
        assertThat(read.get(1).filter()).contains("x".repeat(65_534));
    }

    @Test
    void nameResolution_ofBothFamilies_writesARecordAName() throws IOException {
        Map<InetAddress, List<String>> names = new LinkedHashMap<>();
        names.put(InetAddress.getByName("10.1.2.3"), List.of("cart-0", "cart"));
        names.put(InetAddress.getByName("fd00::1"), List.of("db"));
        names.put(InetAddress.getByName("10.9.9.9"), List.of());
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            writer.nameResolution(names);
            writer.nameResolution(Map.of());
        }

        assertThat(out.toByteArray())
                .isEqualTo(Samples.octets("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                        + "04000000 48000000 0100 0b00 0a010203 636172742d300000"
                        + "0100 0900 0a010203 6361727400000000"
                        + "0200 1300 fd000000000000000000000000000001 64620000 00000000 48000000"));
    }

    @Test
    void nameResolution_ofABadName_isRefusedBeforeAnythingIsWritten() throws IOException {
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            for (String name : List.of("", "a\0b", "x".repeat(65_519))) {
                Map<InetAddress, List<String>> names = Map.of(InetAddress.getByName("10.1.2.3"), List.of("ok", name));
                assertThatIllegalArgumentException().isThrownBy(() -> writer.nameResolution(names));
            }
        }
        assertThat(out.size()).isEqualTo(28);
    }

    @Test
    void statistics_knownInPart_haveOnlyTheKnownOptions() throws IOException {
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            writer.addInterface(InterfaceDescription.builder(LinkType.RAW).build());
            writer.statistics(
                    0,
                    InterfaceStatistics.builder()
                            .startTime(Instant.ofEpochSecond(1))
                            .endTime(Instant.ofEpochSecond(2))
                            .received(5)
                            .droppedByKernel(0)
                            .comment("c")
                            .build());
        }

        byte[] written = out.toByteArray();
        assertThat(Arrays.copyOfRange(written, 48, written.length))
                .isEqualTo(Samples.octets("05000000 54000000 00000000 00000000 80841e00 0100 0100 63000000"
                        + "0200 0800 00000000 40420f00 0300 0800 00000000 80841e00"
                        + "0400 0800 0500000000000000 0700 0800 0000000000000000 00000000 54000000"));
    }

    @Test
    void write_ofPacketsOfAnotherUnit_convertsTheirTime() throws IOException {
        Packet packet =
                Samples.packets(Samples.cursor(Samples.PCAPNG_BIG_ENDIAN)).get(1);
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            for (int resolution : new int[] {6, 9, 10}) {
                writer.addInterface(InterfaceDescription.builder(LinkType.ETHERNET)
                        .timestampResolution(resolution)
                        .build());
            }
            for (int index = 0; index < 3; index++) {
                writer.write(index, packet);
            }
        }

        assertThat(Samples.packets(readBack()))
                .extracting(Packet::timestampNanos)
                .containsExactly(1_700_000_000_999_999_000L, 1_700_000_000_999_999_999L, 1_700_000_000_999_999_999L);
    }

    @Test
    void write_ofAPacketLargerThanTheBuffer_writesItWhole() throws IOException {
        byte[] payload = new byte[700_001];
        new Random(2).nextBytes(payload);
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            writer.addInterface(InterfaceDescription.builder(LinkType.RAW).build());
            ByteBuffer data = ByteBuffer.wrap(payload);
            writer.write(0, 0, data, payload.length);
            writer.write(0, 1_000, data, payload.length);
            assertThat(data.position()).isZero();
        }

        assertThat(Samples.packets(readBack()))
                .extracting(Packet::data)
                .containsExactly(ByteBuffer.wrap(payload), ByteBuffer.wrap(payload));
    }

    @Test
    void write_ofACursorsPacket_keepsItsOptionsInTheOtherByteOrder() throws IOException {
        String before = "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"
                + "00000001 00000014 0001 0000 00000000 00000014";
        String packet = "00000006 00000060 00000000 00000000 00000001 00000001 00000001 ab000000"
                + "0001 0001 63000000 0002 0004 00000001 0004 0008 0000000000000007 0007 0009 01 0000000000000002 000000"
                + "4bac 0004 00000001 0bac 0004 00000009 00000060";

        try (PcapngWriter writer = PcapngWriter.builder().open(out);
                PacketCursor cursor = Samples.cursor(before, packet)) {
            cursor.next();
            writer.write(writer.addInterface(cursor.interfaceDescription()), cursor);
        }

        byte[] written = out.toByteArray();
        assertThat(Arrays.copyOfRange(written, 48, written.length))
                .isEqualTo(Samples.octets("06000000 5c000000 00000000 00000000 01000000 01000000 01000000 ab000000"
                        + "0100 0100 63000000 0200 0400 01000000 0400 0800 0700000000000000"
                        + "0700 0900 01 0200000000000000 000000 ac0b 0400 09000000 00000000 5c000000"));
    }

    @Test
    void write_ofImpossibleLengths_isRefused() throws IOException {
        try (PcapngWriter writer = PcapngWriter.builder().open(out)) {
            writer.addInterface(InterfaceDescription.builder(LinkType.RAW).build());
            ByteBuffer four = ByteBuffer.allocate(4);
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(0, 0, four, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(0, 0, four, 1L << 32));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(0, 0, ByteBuffer.allocate((16 << 20) + 1), 1L << 30));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(0, -1, four, 4));
        }
        assertThat(out.size()).isEqualTo(48);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void open_ofAFile_givesItToItsOwnerAlone() throws IOException {
        Path file = Files.createFile(
                directory.resolve("old.pcapng"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        PcapngWriter.builder().open(file).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void close_onAFullDisk_namesTheFile() throws IOException {
        PcapngWriter writer = PcapngWriter.builder().open(Path.of("/dev/full"));

        assertThatIOException()
                .isThrownBy(writer::close)
                .withMessage("cannot write capture file /dev/full: No space left on device");
        assertThat(Path.of("/dev/full")).exists();
    }

    private PacketCursor readBack() throws IOException {
        ByteBuffer written = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        Samples.packets(PacketCursor.open(new ByteArrayInputStream(written.array())));
        PacketCursor all = PacketCursor.open(new ByteArrayInputStream(written.array()));
        // Interfaces without packets are read only by walking to the end.
        List<Packet> packets = Samples.packets(all);
        return packets.isEmpty() ? all : PacketCursor.open(new ByteArrayInputStream(written.array()));
    }
}
