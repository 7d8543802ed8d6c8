package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.cursor;
import static io.podcapture.pcap.Samples.packets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final String MICROSECONDS = "d4c3b2a1 0200 0400 0000000000000000 ffff0000 01000000";

    @Test
    void next_onFilesGluedTogether_makesEachAnInterface() throws IOException {
        String nanoseconds =
                "a1b23c4d 0002 0004 0000000000000000 00000060 00000065" + "00000001 00000007 00000001 00000001 aa";
        String modified = "34cdb2a1 0200 0400 0000000000000000 ffff0000 71000000"
                + "00000000 00000000 02000000 02000000 0300000008000000 abcd";

        PacketCursor cursor =
                cursor(Samples.PCAP_LITTLE_ENDIAN, nanoseconds, Samples.PCAP_BIG_ENDIAN, modified, MICROSECONDS);
        List<Packet> packets = packets(cursor);

        assertThat(packets)
                .extracting(Samples::hex)
                .containsExactly("deadbeef", "010203", "aa", "deadbeef", "010203", "abcd");
        assertThat(packets).extracting(Packet::interfaceIndex).containsExactly(0, 0, 1, 2, 2, 3);
        assertThat(packets.get(2).timestampNanos()).isEqualTo(1_000_000_007L);
        assertThat(packets.get(4).timestampNanos()).isEqualTo(1_700_000_000_999_999_000L);
        assertThat(cursor.interfaces())
                .extracting(InterfaceDescription::linkType)
                .containsExactly(
                        LinkType.ETHERNET, LinkType.RAW, LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.ETHERNET);
        assertThat(cursor.interfaces())
                .extracting(InterfaceDescription::snaplen)
                .contains(96L);
    }

    @Test
    void next_onGzipMembersThatAreEachAPcap_givesThePacketsOfAll() throws IOException {
        byte[] members = GzipTest.join(
                GzipTest.gzip(Samples.pcap(1, new long[1_000])), GzipTest.gzip(Samples.pcap(2, new long[1_000])));

        assertThat(packets(PacketCursor.open(new ByteArrayInputStream(members))))
                .hasSize(2_000);
    }

    @Test
    void next_onRecordOfTheSecondThatLooksLikeAMagic_readsIt() throws IOException {
        String hex = MICROSECONDS + "d4c3b2a1 01000000 01000000 01000000 aa";

        List<Packet> packets = packets(cursor(hex));

        assertThat(packets).singleElement().extracting(Packet::timestamp).hasToString("2055-12-19T16:41:56.000001Z");
    }

    @Test
    void next_onGluedHeaderThatIsCut_tellsOfTheHeader() throws IOException {
        try (PacketCursor cursor = cursor(Samples.PCAP_LITTLE_ENDIAN, MICROSECONDS.substring(0, 40))) {
            cursor.tolerateTruncation();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.truncation().orElseThrow().block()).isEqualTo("file header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a1b234cd, fmesquita",
        "cd34b2a1, fmesquita",
        "a12b3c4d, Navtel",
        "4d3c2ba1, Navtel",
        "a1b2c3cb, compiled BPF",
        "cbc3b2a1, compiled BPF"
    })
    void open_onKindsOfPcapThatAreNotRead_namesThem(String magic, String told) {
        assertThatThrownBy(() -> cursor(magic, "00".repeat(20)))
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "03000000"})
    void originalLength_belowCaptured_isRaisedAndCounted(String original) throws IOException {
        PacketCursor cursor = cursor(MICROSECONDS, "01000000 00000000 04000000", original, "deadbeef");

        assertThat(packets(cursor)).extracting(Packet::originalLength).containsExactly(4L);
        assertThat(cursor.raisedLengths()).isEqualTo(1);
    }

    @Test
    void next_onFractionsAboveASecond_carriesAndCountsEach() throws IOException {
        String carried = "01000000 60e31600 00000000 00000000";
        String whole = "02000000 3f420f00 00000000 00000000";

        PacketCursor cursor = cursor(MICROSECONDS, carried.repeat(20), whole);
        List<Packet> packets = packets(cursor);

        assertThat(packets.get(0).timestampNanos()).isEqualTo(2_500_000_000L);
        assertThat(packets.get(20).timestampNanos()).isEqualTo(2_999_999_000L);
        assertThat(cursor.normalizedTimes()).isEqualTo(20);
        assertThat(cursor.interfaces().get(0).timestampResolution()).isEqualTo(6);
    }

    @Test
    void next_onNanosecondsUnderTheOtherMagic_readsThemAsSuch() throws IOException {
        String small = "01000000 07000000 00000000 00000000";
        String large = "01000000 ffc99a3b 00000000 00000000";

        PacketCursor cursor = cursor(MICROSECONDS, small, large.repeat(9), small);
        List<Packet> packets = packets(cursor);

        assertThat(packets.get(0).timestampNanos()).isEqualTo(1_000_000_007L);
        assertThat(packets.get(1).timestampNanos()).isEqualTo(1_999_999_999L);
        assertThat(packets.get(10).timestampNanos()).isEqualTo(1_000_000_007L);
        assertThat(cursor.normalizedTimes()).isEqualTo(9);
        assertThat(cursor.interfaces().get(0).timestampResolution()).isEqualTo(9);
    }

    @Test
    void next_onFewRecordsOfLargeFractions_doesNotGuess() throws IOException {
        String large = "01000000 ffc99a3b 00000000 00000000";

        List<Packet> packets = packets(cursor(MICROSECONDS, large.repeat(7)));

        assertThat(packets.get(0).timestampNanos()).isEqualTo(1_000_999_999_000L);
    }

    @Test
    void next_onZeroRun_isDamage() throws IOException {
        String hex = MICROSECONDS + "00000000 00000000 04000000 04000000 deadbeef" + "00".repeat(4_096);

        try (PacketCursor cursor = cursor(hex)) {
            assertThat(cursor.next()).isTrue();
            assertThatThrownBy(cursor::next).hasMessage("bad pcap: packet record at byte 44: a run of zero octets");
        }
    }

    @Test
    void next_onOneRecordOfZeros_readsIt() throws IOException {
        assertThat(packets(cursor(MICROSECONDS, "00".repeat(16)))).hasSize(1);
    }

    @Test
    void next_onHeadersWithoutEnd_stopsBeforeTheyFillTheMemory() throws IOException {
        byte[] headers = Samples.octets(MICROSECONDS.repeat(70_000));

        try (PacketCursor cursor = PacketCursor.open(new ByteArrayInputStream(headers))) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(PcapFormatException.class)
                    .hasMessageContaining("octets of descriptions");
        }
    }
}
