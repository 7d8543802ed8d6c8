package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.cursor;
import static io.podcapture.pcap.Samples.packets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCursorTest {
    @ParameterizedTest
    @ValueSource(strings = {Samples.PCAP_LITTLE_ENDIAN, Samples.PCAP_BIG_ENDIAN})
    void next_onPcapOfEitherByteOrder_givesItsPackets(String hex) throws IOException {
        List<Packet> packets = packets(cursor(hex));

        assertThat(packets).extracting(Samples::hex).containsExactly("deadbeef", "010203");
        assertThat(packets)
                .extracting(Packet::timestampNanos)
                .containsExactly(1_700_000_000_000_001_000L, 1_700_000_000_999_999_000L);
        assertThat(packets).extracting(Packet::originalLength).containsExactly(4L, 60L);
        InterfaceDescription description = packets.get(0).interfaceDescription();
        assertThat(description.linkType()).isEqualTo(LinkType.ETHERNET);
        assertThat(description.snaplen()).isEqualTo(262_144);
        assertThat(description.timestampResolution()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.PCAPNG_LITTLE_ENDIAN, Samples.PCAPNG_BIG_ENDIAN})
    void next_onPcapngOfEitherByteOrder_givesItsPackets(String hex) throws IOException {
        PacketCursor cursor = cursor(hex);
        List<Packet> packets = packets(cursor);

        assertThat(packets).extracting(Samples::hex).containsExactly("deadbeef", "010203");
        assertThat(packets)
                .extracting(Packet::timestampNanos)
                .containsExactly(1_700_000_000_000_000_001L, 1_700_000_000_999_999_999L);
        assertThat(packets).extracting(Packet::originalLength).containsExactly(4L, 60L);
        assertThat(packets.get(1).timestamp()).hasToString("2023-11-14T22:13:20.999999999Z");
        assertThat(cursor.sectionComment()).contains("hi");
        InterfaceDescription description = cursor.interfaces().get(0);
        assertThat(description.name()).contains("eth0");
        assertThat(description.snaplen()).isEqualTo(262_144);
        assertThat(description.timestampResolution()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4d3cb2a1 0200 0400", "a1b23c4d 0002 0004"})
    void next_onPcapOfNanoseconds_keepsEachNanosecond(String header) throws IOException {
        boolean little = header.startsWith("4d");
        String rest = little
                ? "0000000000000000 ffff0000 01000000 00000000 01000000 00000000 00000000"
                : "0000000000000000 0000ffff 00000001 00000000 00000001 00000000 00000000";

        List<Packet> packets = packets(cursor(header, rest));

        assertThat(packets).singleElement().extracting(Packet::timestampNanos).isEqualTo(1L);
        assertThat(packets.get(0).interfaceDescription().timestampResolution()).isEqualTo(9);
    }

    @Test
    void next_onPcapOfSecondsAbove31Bits_givesTheYear2106() throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 01000000 ffffffff 00000000 00000000 00000000";

        assertThat(packets(cursor(hex)).get(0).timestamp()).hasToString("2106-02-07T06:28:15Z");
    }

    @Test
    void next_onPcapOfFractionAboveASecond_carriesIntoTheSeconds() throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 01000000 01000000 60e31600 00000000 00000000";

        assertThat(packets(cursor(hex)).get(0).timestampNanos()).isEqualTo(2_500_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "01000000", "ffffff7f", "ffffffff"})
    void next_onPcapOfAnySnaplen_givesRecordsWhole(String snaplen) throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 " + snaplen + " 01000000"
                + "00000000 00000000 04000000 04000000 deadbeef";

        assertThat(packets(cursor(hex))).extracting(Samples::hex).containsExactly("deadbeef");
    }

    @Test
    void originalLength_belowCaptured_isRaisedToIt() throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 01000000"
                + "00000000 00000000 04000000 00000000 deadbeef";

        assertThat(packets(cursor(hex)).get(0).originalLength()).isEqualTo(4);
    }

    @Test
    void next_onModifiedPcap_skipsTheLongerRecordHeader() throws IOException {
        String hex = "34cdb2a1 0200 0400 0000000000000000 ffff0000 01000000"
                + "00000000 00000000 02000000 02000000 0300000008000000 abcd";

        assertThat(packets(cursor(hex))).extracting(Samples::hex).containsExactly("abcd");
    }

    @Test
    void linkType_withFcsBits_isTheLow16() throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 14010024";

        try (PacketCursor cursor = cursor(hex)) {
            assertThat(cursor.interfaces())
                    .extracting(InterfaceDescription::linkType)
                    .containsExactly(LinkType.LINUX_SLL2);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void next_onSectionsOfBothByteOrders_numbersInterfacesOn() throws IOException {
        PacketCursor cursor =
                cursor(Samples.PCAPNG_LITTLE_ENDIAN, Samples.PCAPNG_BIG_ENDIAN, Samples.PCAPNG_LITTLE_ENDIAN);
        List<Packet> packets = packets(cursor);

        assertThat(packets).extracting(Packet::interfaceIndex).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(packets)
                .extracting(Packet::timestampNanos)
                .containsSequence(1_700_000_000_000_000_001L, 1_700_000_000_999_999_999L);
        assertThat(cursor.interfaces()).hasSize(3);
    }

    @Test
    void next_onLateInterfaceAndUnknownBlocks_findsThePackets() throws IOException {
        String hex = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "ad0b0000 14000000 01020304 05060708 14000000"
                + "01000000 14000000 0100 0000 00000000 14000000"
                + "06000000 24000000 00000000 00000000 01000000 04000000 04000000 deadbeef 24000000"
                + "01000000 14000000 6500 0000 00000000 14000000"
                + "06000000 20000000 01000000 00000000 02000000 00000000 00000000 20000000";

        PacketCursor cursor = cursor(hex);
        List<Packet> packets = packets(cursor);

        assertThat(packets).extracting(Packet::linkType).containsExactly(LinkType.ETHERNET, LinkType.RAW);
        assertThat(packets).extracting(Packet::timestampNanos).containsExactly(1_000L, 2_000L);
        assertThat(cursor.skippedBlocks()).isEqualTo(1);
    }

    @Test
    void next_onSimplePacket_hasTheTimeBeforeIt() throws IOException {
        String hex = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 14000000 0100 0000 03000000 14000000"
                + "06000000 24000000 00000000 00000000 01000000 04000000 04000000 deadbeef 24000000"
                + "03000000 14000000 3c000000 01020300 14000000";

        List<Packet> packets = packets(cursor(hex));

        assertThat(packets).extracting(Samples::hex).containsExactly("deadbeef", "010203");
        assertThat(packets).extracting(Packet::hasTimestamp).containsExactly(true, false);
        assertThat(packets).extracting(Packet::timestampNanos).containsExactly(1_000L, 1_000L);
        assertThat(packets.get(1).originalLength()).isEqualTo(60);
    }

    @Test
    void next_onObsoletePacketBlock_readsIt() throws IOException {
        String hex = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 14000000 0100 0000 00000000 14000000"
                + "02000000 24000000 0000 0700 00000000 01000000 04000000 05000000 deadbeef 24000000";

        List<Packet> packets = packets(cursor(hex));

        assertThat(packets).extracting(Samples::hex).containsExactly("deadbeef");
        assertThat(packets).extracting(Packet::originalLength).containsExactly(5L);
    }

    @ParameterizedTest
    @CsvSource({
        "28b52ffd, zstd -d",
        "522a4d18, zstd or lz4",
        "04224d18, lz4 -d",
        "02214c18, lz4 -d",
        "425a6839, bzip2 -d",
        "fd377a58, xz -d",
        "47494638, 0x47494638"
    })
    void open_onAnotherFormat_namesWhatToDo(String magic, String told) {
        assertThatThrownBy(() -> cursor(magic, "00".repeat(64)))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining(told);
    }

    @Test
    void open_onOtherVersions_refuses() {
        assertThatThrownBy(() -> cursor("d4c3b2a1 0300 0400 0000000000000000 ffff0000 01000000"))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining("pcap version 3.4");
        assertThatThrownBy(() -> cursor("0a0d0d0a 1c000000 4d3c2b1a 0200 0000 ffffffffffffffff 1c000000"))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining("pcapng version 2.0");
    }

    @Test
    void next_onPcapRecordBeyondTheBound_throwsWithoutAllocatingIt() throws IOException {
        String hex = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 01000000 00000000 00000000 01000001 00000000";

        try (PacketCursor cursor = cursor(hex)) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOfSatisfying(PcapFormatException.class, e -> {
                        assertThat(e.offset()).isEqualTo(24);
                        assertThat(e.block()).isEqualTo("packet record");
                        assertThat(e.required()).isEqualTo(16_777_217);
                        assertThat(e.available()).isEqualTo(16_777_216);
                        assertThat(e.truncated()).isFalse();
                    })
                    .hasMessage("bad pcap: packet record at byte 24: captured length 16777217,"
                            + " at most 16777216 is taken");
            assertThatThrownBy(cursor::next).isInstanceOf(PcapFormatException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "06000000 20000000 00000000 0000000000000000 01000000 00000000 20000000, 'captured length 1, block body has 0'",
        "06000000 20000000 07000000 0000000000000000 00000000 00000000 20000000, 'interface 7, the section describes 1'",
        "06000000 1c000000 00000000 0000000000000000 00000000 1c000000, 'block length 28, a multiple of 4 from 32'",
        "06000000 21000000 00000000 0000000000000000 00000000 00000000 21000000, 'block length 33'",
        "06000000 20000000 00000000 0000000000000000 00000000 00000000 24000000, '32 at its start, 36 at its end'",
        "05000000 00000010 00000000, 'block length 268435456'",
        "01000000 18000000 0100 0000 00000000 0900ff00 18000000, 'option 9 has length 255'",
        "0a0d0d0a 1c000000 4d3c2b1b 0100 0000 ffffffffffffffff 1c000000, 'byte-order magic is 0x1b2b3c4d'"
    })
    void next_onDamagedBlock_tellsWhatIsWrongAndWhere(String block, String told) throws IOException {
        String before = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 14000000 0100 0000 00000000 14000000";

        try (PacketCursor cursor = cursor(before, block)) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(PcapFormatException.class)
                    .hasMessageStartingWith("bad pcapng: ")
                    .hasMessageContaining(" at byte 48: ")
                    .hasMessageContaining(told);
        }
    }

    @Test
    void interfaceDescription_ofEveryOption_hasItsTexts() throws IOException {
        String hex = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 50000000 0100 0000 00000000"
                + "0200 0300 61620000 0200 0100 78000000 0300 0100 64000000 0b00 0300 00697000"
                + "0c00 0100 4c000000 0e00 0800 ffffffffffffffff 0f00 0100 48000000 50000000";

        try (PacketCursor cursor = cursor(hex)) {
            assertThat(cursor.next()).isFalse();
            InterfaceDescription description = cursor.interfaces().get(0);
            assertThat(description.name()).contains("ab");
            assertThat(description.description()).contains("d");
            assertThat(description.filter()).contains("ip");
            assertThat(description.os()).contains("L");
            assertThat(description.hardware()).contains("H");
            assertThat(description.timestampOffsetSeconds()).isEqualTo(-1);
        }
    }

    @Test
    void next_onRecordLongerThanTheBuffer_growsToIt() throws IOException {
        byte[] payload = new byte[1_000_003];
        new Random(1).nextBytes(payload);
        ByteBuffer file = ByteBuffer.allocate(40 + payload.length + 20).order(ByteOrder.LITTLE_ENDIAN);
        file.put(Samples.octets("d4c3b2a1 0200 0400 0000000000000000 00000000 01000000"));
        file.putLong(0).putInt(payload.length).putInt(payload.length).put(payload);
        file.putLong(0).putInt(4).putInt(4).putInt(0xcafebabe);

        List<Packet> packets = packets(PacketCursor.open(Channels.newChannel(new ByteArrayInputStream(file.array()))));

        assertThat(packets).hasSize(2);
        assertThat(packets.get(0).data()).isEqualTo(ByteBuffer.wrap(payload));
        assertThat(Samples.hex(packets.get(1))).isEqualTo("bebafeca");
    }

    @Test
    void accessors_offAnyPacket_throw() throws IOException {
        try (PacketCursor cursor = cursor(Samples.PCAP_LITTLE_ENDIAN)) {
            assertThatIllegalStateException().isThrownBy(cursor::data);
            assertThatIllegalStateException().isThrownBy(cursor::timestampNanos);
        }
    }

    @Test
    void data_changedByItsUser_isWholeTheNextTime() throws IOException {
        try (PacketCursor cursor = cursor(Samples.PCAP_LITTLE_ENDIAN)) {
            cursor.next();
            cursor.data().order(ByteOrder.LITTLE_ENDIAN).getInt();

            assertThat(cursor.data().isReadOnly()).isTrue();
            assertThat(cursor.data().getInt()).isEqualTo(0xdeadbeef);
        }
    }

    @Test
    void packet_afterTheCursorMovedOn_keepsItsOctets() throws IOException {
        try (PacketCursor cursor = cursor(Samples.PCAP_LITTLE_ENDIAN)) {
            cursor.next();
            Packet packet = cursor.packet();
            cursor.next();

            assertThat(Samples.hex(packet)).isEqualTo("deadbeef");
            assertThat(packet).hasToString("2023-11-14T22:13:20.000001Z ETHERNET, 4 of 4 octets");
        }
    }
}
