package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCursorTruncationTest {
    @ParameterizedTest
    @ValueSource(strings = {Samples.PCAP_LITTLE_ENDIAN, Samples.PCAP_BIG_ENDIAN})
    void next_onPcapCutAnywhere_givesWholeRecordsThenTheCut(String hex) throws IOException {
        TreeMap<Integer, Integer> packetsByBoundary = new TreeMap<>();
        packetsByBoundary.put(24, 0);
        packetsByBoundary.put(44, 1);
        packetsByBoundary.put(63, 2);
        cutEverywhere(Samples.octets(hex), 24, packetsByBoundary);
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.PCAPNG_LITTLE_ENDIAN, Samples.PCAPNG_BIG_ENDIAN})
    void next_onPcapngCutAnywhere_givesWholeBlocksThenTheCut(String hex) throws IOException {
        TreeMap<Integer, Integer> packetsByBoundary = new TreeMap<>();
        packetsByBoundary.put(40, 0);
        packetsByBoundary.put(80, 0);
        packetsByBoundary.put(116, 1);
        packetsByBoundary.put(152, 2);
        cutEverywhere(Samples.octets(hex), 40, packetsByBoundary);
    }

    private static void cutEverywhere(byte[] whole, int headerLength, TreeMap<Integer, Integer> packetsByBoundary)
            throws IOException {
        assertThat(whole.length).isEqualTo(packetsByBoundary.lastKey());
        for (int length = 0; length < headerLength; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            PcapFormatException e = catchThrowableOfType(PcapFormatException.class, () -> open(cut));
            assertThat(e.truncated()).isTrue();
            assertThat(e.available()).isEqualTo(length);
        }
        for (int length = headerLength; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            int boundary = packetsByBoundary.floorKey(length);
            int packets = packetsByBoundary.get(boundary);
            try (PacketCursor cursor = open(cut)) {
                for (int i = 0; i < packets; i++) {
                    assertThat(cursor.next()).isTrue();
                }
                if (length == boundary) {
                    assertThat(cursor.next()).isFalse();
                } else {
                    PcapFormatException e = catchThrowableOfType(PcapFormatException.class, cursor::next);
                    assertThat(e.truncated()).isTrue();
                    assertThat(e.offset()).isEqualTo(boundary);
                    assertThat(e.available()).isEqualTo(length - boundary);
                    assertThat(e.required()).isGreaterThan(e.available());
                }
                assertThat(cursor.offset()).isEqualTo(boundary);
            }
            try (PacketCursor cursor = open(cut).tolerateTruncation()) {
                assertThat(Samples.packets(cursor)).hasSize(packets);
                assertThat(cursor.truncation().isPresent()).isEqualTo(length != boundary);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void next_onMadeFilesCutAnywhere_givesWhatIsWholeUnderEachPolicy(DamagePolicy policy) throws IOException {
        int seeds = TestShare.of(8, 4);
        for (int seed = 0; seed < seeds; seed++) {
            MadeFiles made = new MadeFiles(seed);
            byte[] whole = seed % 2 == 0 ? made.pcap(5) : made.pcapng(5);
            List<Long> ends = ends(whole);
            for (int length = 60; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                try (PacketCursor cursor =
                        PacketCursor.open(new OctetSource.Stream(new ByteArrayInputStream(cut)), 512)) {
                    cursor.tolerateTruncation().onDamage(policy);
                    int count = 0;
                    while (cursor.next()) {
                        count++;
                    }
                    long whollyThere = ends.subList(0, count).isEmpty() ? 0 : ends.get(count - 1);
                    assertThat(whollyThere).isLessThanOrEqualTo(length);
                    assertThat(count == ends.size() || ends.get(count) > length).isTrue();
                    assertThat(cursor.truncation().isPresent()).isEqualTo(cursor.offset() < length);
                    assertThat(cursor.damagedPlaces()).isZero();
                } catch (PcapFormatException e) {
                    assertThat(e.truncated()).isTrue();
                    assertThat(e.block()).isEqualTo("Section Header Block");
                }
            }
        }
    }

    private static List<Long> ends(byte[] whole) throws IOException {
        List<Long> ends = new ArrayList<>();
        try (PacketCursor cursor = open(whole)) {
            while (cursor.next()) {
                ends.add(cursor.offset());
            }
        }
        return ends;
    }

    @Property
    void next_onFlippedOctets_throwsNothingButFormatErrors(
            @ForAll @IntRange(max = 151) int at, @ForAll byte value, @ForAll @IntRange(max = 3) int sample)
            throws IOException {
        byte[] octets = Samples.octets(
                switch (sample) {
                    case 0 -> Samples.PCAP_LITTLE_ENDIAN;
                    case 1 -> Samples.PCAP_BIG_ENDIAN;
                    case 2 -> Samples.PCAPNG_LITTLE_ENDIAN;
                    default -> Samples.PCAPNG_BIG_ENDIAN;
                });
        octets[at % octets.length] = value;
        try (PacketCursor cursor = open(octets)) {
            while (cursor.next()) {
                assertThat(cursor.data().remaining()).isEqualTo(cursor.capturedLength());
                assertThat(cursor.originalLength()).isGreaterThanOrEqualTo(cursor.capturedLength());
            }
        } catch (PcapFormatException e) {
            assertThat(e).hasMessageMatching("(bad|truncated|unsupported) .*");
        }
    }

    private static PacketCursor open(byte[] octets) throws IOException {
        return PacketCursor.open(new ByteArrayInputStream(octets));
    }
}
