package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legal files are copied as they are; of damaged ones whatever is read is what is written. */
class MergeFuzzTest {
    private static final Duration OFFSET = Duration.ofSeconds(1);
    private static final List<String> REFUSED = List.of("refused");

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

    /** With a time offset nothing is written as it is in the file. */
    @Test
    void anyFiles_theShortWayAndTheLongOne_areTheSameButForTheOffset() throws IOException {
        int seeds = TestShare.of(150, 45);
        int written = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<Path> inputs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MadeFiles made = new MadeFiles(1_000 * seed + i);
                // Every tenth is longer than a buffer; two of three all fit one pcap file.
                byte[] octets = (seed % 9 < 3 ? made : made.alike()).pcap(seed % 10 == 0 ? 2_000 : 200);
                for (int damage = random.nextInt(3); damage > 0; damage--) {
                    octets[28 + random.nextInt(octets.length - 28)] = (byte) random.nextInt();
                }
                inputs.add(Samples.file(directory, "in" + i, octets));
            }
            OutputFormat format = OutputFormat.values()[seed % OutputFormat.values().length];

            Instant from = random.nextBoolean() ? Instant.MIN : middle(inputs.get(0));

            List<String> shortWay = merged(inputs, format, from, Duration.ZERO);

            assertThat(shortWay).isEqualTo(merged(inputs, format, from, OFFSET));
            written += shortWay.equals(REFUSED) ? 0 : 1;
        }
        assertThat(written).isGreaterThan(seeds * 2 / 3);
    }

    private static Instant middle(Path file) throws IOException {
        StatisticsReport report = PacketFiles.statistics(file).read();
        return report.firstTimestamp()
                .map(first -> first.plus(report.duration().dividedBy(2)))
                .orElse(Instant.MIN);
    }

    /** What is read back, at the times before the offset, and what was counted. */
    private static List<String> merged(List<Path> inputs, OutputFormat format, Instant from, Duration offset)
            throws IOException {
        PacketMerge merge = new PacketMerge().format(format).onDamage(OnDamage.RESYNC);
        inputs.forEach(input ->
                merge.input(input, options -> options.timeOffset(offset).between(from, Instant.MAX)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        try {
            MergeReport report = merge.writeTo(CaptureSink.stream(out));
            lines.add(report.firstTimestamp().map(time -> time.minus(offset)) + " "
                    + report.lastTimestamp().map(time -> time.minus(offset)));
            report.inputs()
                    .forEach(input -> lines.add(input.packetsRead() + " " + input.packetsWritten() + " "
                            + input.octetsWritten() + " " + input.outOfOrder() + " " + input.skippedOptions()));
        } catch (CaptureOutputException e) {
            return REFUSED;
        }
        try (PacketCursor written = PacketCursor.open(new ByteArrayInputStream(out.toByteArray()))) {
            while (written.next()) {
                lines.add(written.interfaceIndex() + " " + (written.timestampNanos() - offset.toNanos()) + " "
                        + written.originalLength() + " " + Samples.hex(written));
            }
        }
        return lines;
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
