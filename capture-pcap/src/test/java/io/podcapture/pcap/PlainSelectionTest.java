package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

            for (boolean inverted : new boolean[] {false, true}) {
                Path out = directory.resolve("out");
                PacketSelection selection =
                        PacketFiles.filter(in, "udp port 53").from(from).to(to);
                if (inverted) {
                    selection.invert();
                }
                SelectionReport report = selection.writeTo(out);

                List<String> expected = new ArrayList<>();
                long read = 0;
                try (PacketCursor cursor = PacketCursor.open(in).onDamage(DamagePolicy.RESYNC)) {
                    PacketFilter filter = PacketFilter.compile("udp port 53", LinkType.ETHERNET, 0);
                    while (cursor.next()) {
                        read++;
                        Instant time = Instant.ofEpochSecond(0, cursor.timestampNanos());
                        if (!time.isBefore(from) && !time.isAfter(to) && filter.matches(cursor) != inverted) {
                            expected.add(told(cursor));
                        }
                    }
                }
                List<String> kept = Samples.packets(out).stream()
                        .map(PlainSelectionTest::told)
                        .toList();
                assertThat(kept).as("seed %d", seed).isEqualTo(expected).hasSizeGreaterThan(PACKETS / 4);
                assertThat(report.copy().packetsRead()).as("seed %d", seed).isEqualTo(read);
            }
        }
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
