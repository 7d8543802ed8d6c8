package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceSearchTest {
    private static final int PACKETS = 3_000;

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final Set<Long> starts = new TreeSet<>();

    @Test
    void found_fromAnyOctet_isARecordBehindIt() throws IOException {
        Path file = file(1_400, 0);

        for (int i = 0; i < 300; i++) {
            long from = 24 + random.nextInt(1_500_000);
            assertThat(found(file, from)).isEqualTo(firstStart(from));
        }
    }

    @Test
    void found_withinAPacketThatCarriesRecords_isTheOneBehindIt() throws IOException {
        Path file = file(30_000, 1);

        for (int i = 0; i < 100; i++) {
            long from = 24 + random.nextInt(20_000_000);
            assertThat(found(file, from)).isIn(starts);
        }
    }

    /** Four octets behind each header of a packet to 33:33:00:00:00:01, the octets look like a header once more. */
    @Test
    void found_whereEachRecordLooksLikeTwo_isNotTheFalseOne() throws IOException {
        Path file = directory.resolve("file");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            ByteBuffer data = ByteBuffer.allocate(82).putInt(0, 0x33330000).putInt(4, 0x00010200);
            for (int i = 0; i < PACKETS; i++) {
                starts.add(24L + i * 98L);
                writer.write(1_700_000_000_000_000_000L + i * 1_000_000L, data.clear(), 82);
            }
        }

        for (int i = 0; i < 98; i++) {
            assertThat(found(file, 24 + 98 * 500 + i)).isIn(starts);
        }
    }

    @Test
    void found_ofLargePackets_isARecord() throws IOException {
        Path file = file(200_000, 0);

        assertThat(found(file, 50_000_000)).isIn(starts);
    }

    private long firstStart(long from) {
        return starts.stream().filter(start -> start >= from).findFirst().orElseThrow();
    }

    private static long found(Path file, long from) throws IOException {
        try (SeekableFile source = new SeekableFile(file)) {
            PcapReader begun = new PcapReader(source.from(0));
            begun.next();
            PcapReader reader = new PcapReader(source.from(from), begun);
            reader.follows(begun.timestampNanos);
            assertThat(new PlaceSearch(reader).found()).isTrue();
            return reader.input.offset();
        }
    }

    /** Packets of up to so many octets; of some, the payload is records of an older capture. */
    private Path file(int longest, int carrying) throws IOException {
        Path file = directory.resolve("file");
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            long offset = 24;
            ByteBuffer data = ByteBuffer.allocate(longest);
            for (int i = 0; i < PACKETS && offset < 120_000_000; i++) {
                starts.add(offset);
                int length = 60 + random.nextInt(longest - 60);
                random.nextBytes(data.array());
                for (int at = 30; carrying > 0 && i % 2 == 0 && at + 80 < length; at += 76) {
                    Samples.record(data, at, 1_500_000_000 + i, 60);
                }
                writer.write((1_700_000_000L + i) * 1_000_000_000L, data.clear().limit(length), length);
                offset += 16 + length;
            }
        }
        return file;
    }
}
