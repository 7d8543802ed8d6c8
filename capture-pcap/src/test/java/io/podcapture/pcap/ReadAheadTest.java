package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    /** Some that lie within a chunk, some that do not fit in front of one, and some that are longer than several. */
    private static final int[] LENGTHS = {1, 60, 60, 60, 1514, 1514, 65_600, 140_000, 300_000, 2_000_000};

    private static final int LEAST = (int) ReadAhead.LEAST_OCTETS;

    @TempDir
    Path directory;

    @Test
    void next_packetsOfAllLengths_areThoseOfAStream() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            Path pcap = pcap(seed, 3 * LEAST);
            Path pcapng = directory.resolve("file.pcapng");
            PacketFiles.convert(pcap, OutputFormat.PCAPNG).writeTo(pcapng);

            assertThat(ahead(pcap)).as("seed %d", seed).isEqualTo(stream(pcap)).hasSizeGreaterThan(50);
            assertThat(ahead(pcapng)).as("seed %d", seed).isEqualTo(stream(pcapng));
        }
    }

    @Test
    void next_damagedAndCut_findsTheSame() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 5; i++) {
            Path pcap = pcap(10 + i, 2 * LEAST);
            try (FileChannel file = FileChannel.open(pcap, StandardOpenOption.WRITE)) {
                for (int places = 0; places < 20; places++) {
                    ByteBuffer noise = ByteBuffer.allocate(40);
                    random.nextBytes(noise.array());
                    file.write(noise, 24 + random.nextInt(2 * LEAST - 100));
                }
                file.truncate(file.size() - random.nextInt(100_000));
            }

            assertThat(ahead(pcap)).as("file %d", i).isEqualTo(stream(pcap)).hasSizeGreaterThan(10);
        }
    }

    @Test
    void next_fileThatEndsWithAChunk_ends() throws IOException {
        Path pcap = pcap(1, LEAST);
        int over = (int) (Files.size(pcap) % ReadAhead.Chunk.OCTETS);
        append(pcap, ReadAhead.Chunk.OCTETS - over);

        assertThat(Files.size(pcap) % ReadAhead.Chunk.OCTETS).isZero();
        assertThat(ahead(pcap)).isEqualTo(stream(pcap));
    }

    @Test
    void next_interrupted_goesOnAndKeepsTheInterrupt() throws IOException {
        Path pcap = pcap(2, 2 * LEAST);
        List<String> expected = stream(pcap);

        List<String> read = new ArrayList<>();
        try (PacketCursor cursor = PacketCursor.openDirect(pcap)) {
            while (cursor.next()) {
                Thread.currentThread().interrupt();
                read.add(told(cursor));
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(read).isEqualTo(expected.subList(0, expected.size() - 1));
    }

    @Test
    void next_readThatFails_throwsEachTime() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[LEAST]);

        try (ReadAhead nowhere = new ReadAhead(file, FileChannel.open(file), Long.MIN_VALUE)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(nowhere::next)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file.toString());
            }
        }
    }

    /** Each operation on one file, of one that is read by one thread and of one that is read by two. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 2 * LEAST})
    void operation_byAnInterruptedThread_isDoneAndKeepsTheInterrupt(int octets) throws Exception {
        Path pcap = pcap(5, octets);
        Path out = directory.resolve("out");
        // The last tells how it ended.
        int packets = stream(pcap).size() - 1;

        Thread.currentThread().interrupt();
        try {
            PacketFiles.filter(pcap, "len > 0").writeTo(out);
            assertThat(PacketFiles.statistics(pcap).read().packets()).isEqualTo(packets);
            PacketFiles.convert(pcap, OutputFormat.PCAPNG).writeTo(directory.resolve("converted"));
            PacketFiles.slice(pcap).from(Instant.EPOCH).writeTo(directory.resolve("sliced"));
            PacketFiles.repair(pcap).writeTo(directory.resolve("repaired"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(stream(out)).isEqualTo(stream(pcap));
    }

    @Test
    void close_beforeTheEnd_leavesNoThread() throws IOException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        Path pcap = pcap(3, 2 * LEAST);

        try (PacketCursor cursor = PacketCursor.openDirect(pcap)) {
            assertThat(cursor.next()).isTrue();
            assertThat(readers()).isNotEmpty();
        }

        assertThat(readers()).isEmpty();
    }

    @Test
    void openDirect_littleFile_readsAlone() throws IOException {
        try (PacketCursor cursor = PacketCursor.openDirect(pcap(4, LEAST / 2))) {
            assertThat(cursor.next()).isTrue();
            assertThat(readers()).isEmpty();
        }
    }

    private static List<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("podcapture-read"))
                .toList();
    }

    private Path pcap(int seed, int octets) throws IOException {
        Path file = Samples.file(directory, "file.pcap", Samples.pcap(0));
        Random random = new Random(seed);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int written = 0, i = 0; written < octets; i++) {
                byte[] record = new byte[16 + LENGTHS[random.nextInt(LENGTHS.length)]];
                random.nextBytes(record);
                Samples.record(ByteBuffer.wrap(record), 0, 1_700_000_000 + i, record.length - 16);
                out.write(record);
                written += record.length;
            }
        }
        return file;
    }

    /** Adds one record, so that the file is longer by so much. */
    private static void append(Path pcap, int octets) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(octets);
        Samples.record(record, 0, 1_700_000_100, octets - 16);
        Files.write(pcap, record.array(), StandardOpenOption.APPEND);
    }

    private static List<String> ahead(Path file) throws IOException {
        return all(PacketCursor.openDirect(file));
    }

    private static List<String> stream(Path file) throws IOException {
        return all(PacketCursor.open(file));
    }

    private static List<String> all(PacketCursor opened) throws IOException {
        List<String> packets = new ArrayList<>();
        try (PacketCursor cursor = opened.onDamage(DamagePolicy.RESYNC)) {
            while (cursor.next()) {
                packets.add(told(cursor));
            }
            packets.add(cursor.damagedPlaces() + " " + cursor.damagedOctets() + " " + cursor.offset() + " "
                    + cursor.truncation().isPresent());
        }
        return packets;
    }

    private static String told(PacketCursor cursor) {
        CRC32 checksum = new CRC32();
        checksum.update(cursor.data());
        return cursor.timestampNanos() + " " + cursor.capturedLength() + " " + checksum.getValue();
    }
}
