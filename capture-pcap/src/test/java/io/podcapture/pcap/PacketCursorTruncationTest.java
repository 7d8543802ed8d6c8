package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
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
