package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(directory.resolve("growing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Samples.PCAP_LITTLE_ENDIAN,
                Samples.PCAP_BIG_ENDIAN,
                Samples.PCAPNG_LITTLE_ENDIAN,
                Samples.PCAPNG_BIG_ENDIAN
            })
    void next_onAFileThatGrowsOctetByOctet_givesEachPacketOnceItIsWhole(String hex) throws IOException {
        byte[] whole = Samples.octets(hex);
        List<String> packets = new ArrayList<>();

        for (DamagePolicy policy : DamagePolicy.values()) {
            Files.write(file, new byte[0]);
            packets.clear();
            try (PacketCursor cursor = PacketCursor.follow(file).onDamage(policy)) {
                for (byte octet : whole) {
                    assertThat(cursor.next()).isFalse();
                    append(octet);
                    while (cursor.next()) {
                        packets.add(Samples.hex(cursor));
                    }
                    assertThat(cursor.truncation()).isEmpty();
                }
                assertThat(cursor.offset()).isEqualTo(whole.length);
                assertThat(cursor.interfaces()).hasSize(1);
                assertThat(cursor.damagedPlaces()).isZero();
            }
            assertThat(packets).containsExactly("deadbeef", "010203");
        }
    }

    @Test
    void accessors_beforeTheHeaderIsThere_tellOfNothing() throws IOException {
        try (PacketCursor cursor = PacketCursor.follow(file).onDamage(DamagePolicy.RESYNC)) {
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.interfaces()).isEmpty();
            assertThat(cursor.sectionComment()).isEmpty();
            assertThat(cursor.offset() + cursor.damagedPlaces() + cursor.resyncs() + cursor.damagedOctets())
                    .isZero();
        }
    }

    @Test
    void blocks_ofAFollowedFile_areToldFromTheFirst() throws IOException {
        List<Integer> types = new ArrayList<>();

        try (PacketCursor cursor = PacketCursor.follow(file).blocks(block -> types.add(block.type))) {
            assertThat(cursor.next()).isFalse();
            append(Samples.octets(Samples.PCAPNG_LITTLE_ENDIAN));
            assertThat(cursor.next()).isTrue();
        }

        assertThat(types).containsExactly(PcapngCodes.SECTION_HEADER, PcapngCodes.INTERFACE_DESCRIPTION);
    }

    @ParameterizedTest
    @EnumSource(
            value = DamagePolicy.class,
            names = {"HALT", "STOP"})
    void next_atDamage_doesAsThePolicySays(DamagePolicy policy) throws IOException {
        append(Samples.octets(Samples.PCAPNG_LITTLE_ENDIAN, "06000000 07000000 00000000"));

        try (PacketCursor cursor = PacketCursor.follow(file).onDamage(policy)) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isTrue();
            if (policy == DamagePolicy.HALT) {
                assertThatThrownBy(cursor::next).isInstanceOf(PcapFormatException.class);
            } else {
                assertThat(cursor.next()).isFalse();
            }
            assertThat(cursor.damagedPlaces()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 300_000})
    void resync_onAFileThatGrows_waitsUntilAChainIsThere(int length) throws IOException {
        byte[] records = Samples.pcap(1, new long[100]);
        byte[] noise = new byte[length];
        Arrays.fill(noise, (byte) 0xa5);
        append(Arrays.copyOf(records, 24 + 76));
        append(noise);

        try (PacketCursor cursor = PacketCursor.follow(file).onDamage(DamagePolicy.RESYNC)) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            append(Arrays.copyOfRange(records, 24 + 76, records.length));
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            assertThat(count).isEqualTo(99);
            assertThat(cursor.damagedPlaces()).isEqualTo(1);
            assertThat(cursor.resyncs()).isEqualTo(1);
            assertThat(cursor.damagedOctets()).isEqualTo(length);
        }
    }

    @Test
    void follow_ofWhatIsNoCapture_refuses() throws IOException {
        append(Samples.octets("1f8b0800 00000000"));

        try (PacketCursor cursor = PacketCursor.follow(file)) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(PcapFormatException.class)
                    .hasMessageContaining("gzip");
        }
        assertThatThrownBy(() -> PacketCursor.follow(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void append(byte... octets) throws IOException {
        Files.write(file, octets, StandardOpenOption.APPEND);
    }
}
