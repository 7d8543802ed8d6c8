package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.filter.PacketFilter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the short way of a selection keeps, beside a cursor that goes the same way packet by packet. */
class PlainSelectionTest {
    private static final long START = 1_700_000_000L;
    private static final int PACKETS = 400;
    private static final int SEEDS = 40;

    @TempDir
    Path directory;

    @Test
    void filter_ofDamagedFiles_keepsWhatACursorFinds() throws Exception {
        Path in = directory.resolve("in");
        for (int seed = 0; seed < SEEDS; seed++) {
            damage(Samples.byTurns(in, START, 1, PACKETS), new Random(seed));
            Instant from = Instant.ofEpochSecond(START + 20);
            Instant to = Instant.ofEpochSecond(START + PACKETS - 20);

            assertThat(kept(in, "udp port 53", from, to, false)).hasSizeGreaterThan(PACKETS / 4);
            kept(in, "udp port 53", from, to, true);
            kept(in, "udp port 53", Instant.MIN, Instant.MAX, false);
            kept(in, "udp port 53", Instant.MIN, Instant.MAX, true);
        }
    }

    @Test
    void filter_ofAFileOfManyChunks_keepsWhatACursorFinds() throws Exception {
        Path in = Samples.file(directory, "in", Samples.pcap(0));
        Random random = new Random(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(in, StandardOpenOption.APPEND))) {
            for (int i = 0; i < 20_000; i++) {
                byte[] record = new byte[16 + (i % 100 == 0 ? 65_600 : 60 + random.nextInt(1_000))];
                random.nextBytes(record);
                Samples.record(ByteBuffer.wrap(record), 0, (int) START + i, record.length - 16);
                out.write(record);
            }
        }

        assertThat(Files.size(in)).isGreaterThan(2 * ReadAhead.LEAST_OCTETS);
        assertThat(kept(in, "ether[40] < 64", Instant.MIN, Instant.MAX, false)).hasSizeBetween(4_000, 6_000);
        assertThat(kept(in, "ether[40] < 64", Instant.ofEpochSecond(START + 10_000), Instant.MAX, true))
                .hasSizeBetween(7_000, 8_000);
    }

    /** What a filter keeps, the same as a cursor finds. */
    private List<String> kept(Path in, String expression, Instant from, Instant to, boolean inverted) throws Exception {
        Path out = directory.resolve("out");
        PacketSelection selection = PacketFiles.filter(in, expression);
        if (!from.equals(Instant.MIN)) {
            selection.from(from);
        }
        if (!to.equals(Instant.MAX)) {
            selection.to(to);
        }
        if (inverted) {
            selection.invert();
        }
        SelectionReport report = selection.writeTo(out);

        List<String> expected = new ArrayList<>();
        long read = 0;
        try (PacketCursor cursor = PacketCursor.open(in).onDamage(DamagePolicy.RESYNC)) {
            PacketFilter filter = PacketFilter.compile(expression, LinkType.ETHERNET, 0);
            while (cursor.next()) {
                read++;
                Instant time = Instant.ofEpochSecond(0, cursor.timestampNanos());
                if (!time.isBefore(from) && !time.isAfter(to) && filter.matches(cursor) != inverted) {
                    expected.add(told(cursor));
                }
            }
        }
        List<String> kept =
                Samples.packets(out).stream().map(PlainSelectionTest::told).toList();
        assertThat(kept).isEqualTo(expected);
        assertThat(report.copy().packetsRead()).isEqualTo(read);
        return kept;
    }

    private static void damage(Path file, Random random) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        for (int place = random.nextInt(8); place > 0; place--) {
            octets[24 + random.nextInt(octets.length - 24)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, octets);
    }

    private static String told(PacketView packet) {
        return packet.timestampNanos() + " " + packet.originalLength() + " " + Samples.hex(packet);
    }
}
