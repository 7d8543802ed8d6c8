package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legal files are copied as they are; of damaged ones whatever is read is what is written. */
class MergeFuzzTest {
    @TempDir
    Path directory;

    @Test
    void legalFiles_ofAnyContent_keepEachPacketsInterfaceTicksAndOctets() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            MadeFiles made = new MadeFiles(seed);
            Path in = Samples.file(directory, "in", seed % 2 == 0 ? made.pcap(20) : made.pcapng(20));
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            MergeReport report = PacketFiles.merge(in).writeTo(CaptureSink.stream(out));

            assertThat(report.complete()).isTrue();
            assertThat(lines(PacketCursor.open(new ByteArrayInputStream(out.toByteArray())), PacketCursor.open(in)))
                    .isEqualTo(made.expected().size());
        }
    }

    /** How many packets both have, which are the same. */
    private static int lines(PacketCursor written, PacketCursor read) throws IOException {
        int packets = 0;
        try (written;
                read) {
            while (read.next()) {
                assertThat(written.next()).isTrue();
                String line = MadeFiles.line(written);
                assertThat(read.hasTimestamp() ? line : Samples.hex(written))
                        .isEqualTo(read.hasTimestamp() ? MadeFiles.line(read) : Samples.hex(read));
                packets++;
            }
            assertThat(written.next()).isFalse();
        }
        return packets;
    }

    @Test
    void damagedFiles_inEachFormat_giveAFileOfWhatWasCounted() throws IOException {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            List<Path> inputs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] octets =
                        random.nextBoolean() ? new MadeFiles(seed + i).pcap(20) : new MadeFiles(seed + i).pcapng(20);
                for (int damage = random.nextInt(4); damage > 0; damage--) {
                    // The magic stays: another file than that of a capture is refused.
                    octets[28 + random.nextInt(octets.length - 28)] = (byte) random.nextInt();
                }
                inputs.add(Samples.file(directory, "in" + i, octets));
            }
            for (OutputFormat format : OutputFormat.values()) {
                merge(inputs, format, random);
            }
        }
    }

    private static void merge(List<Path> inputs, OutputFormat format, Random random) throws IOException {
        PacketMerge merge = PacketFiles.merge(inputs.toArray(new Path[0]))
                .format(format)
                .onDamage(random.nextBoolean() ? OnDamage.RESYNC : OnDamage.COLLECT);
        if (random.nextBoolean()) {
            merge.sortWithin(Duration.ofSeconds(1));
        }
        if (random.nextBoolean()) {
            merge.interfaces(InterfaceMerging.EQUAL);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long written;
        try {
            written = merge.writeTo(CaptureSink.stream(out)).packetsWritten();
        } catch (CaptureOutputException e) {
            assertThat(format).isNotEqualTo(OutputFormat.PCAPNG);
            return;
        }
        assertThat(Samples.packets(PacketCursor.open(new ByteArrayInputStream(out.toByteArray()))))
                .hasSize((int) written);
    }
}
