package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A good file of 1,000 packets, merged with another of 1,000 that has something odd about it. */
class MergeBehaviorTest {
    private static final int PACKETS = 1_000;
    private static final int LENGTH = 100;
    private static final int RECORD = 16 + LENGTH;
    private static final int AT_500 = 24 + 500 * RECORD;
    private static final long START = 1_700_000_000_000_000L;

    @TempDir
    Path directory;

    private Path good;
    private Path output;

    @BeforeEach
    void good() throws IOException {
        good = file(directory, "good", pcap(i -> START + 2 * i));
        output = directory.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 50})
    void cutInTheMiddle_givesWhatIsWholeAndSaysSo(int octetsOfTheRecord) throws IOException {
        MergeReport report = merge(Arrays.copyOf(other(), AT_500 + octetsOfTheRecord));

        assertThat(report.packetsWritten()).isEqualTo(1_500);
        assertThat(report.inputs().get(1).reading().truncation()).isPresent();
        assertThat(report.complete()).isFalse();
    }

    @Test
    void wrongLength_losesOnePacket() throws IOException {
        byte[] octets = other();
        le(octets).putInt(AT_500 + 8, (int) 2_368_110_654L);

        MergeReport report = merge(octets);

        assertThat(report.packetsWritten()).isEqualTo(1_999);
        assertThat(report.inputs().get(1).reading().resyncs()).isEqualTo(1);
        assertThat(report.inputs().get(1).reading().damagedOctets()).isEqualTo(RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {777, 4_096})
    void octetsBetween_loseNothing(int count) throws IOException {
        byte[] between = new byte[count];
        if (count == 777) {
            new Random(1).nextBytes(between);
        }
        byte[] whole = other();

        MergeReport report = merge(
                GzipTest.join(Arrays.copyOf(whole, AT_500), between, Arrays.copyOfRange(whole, AT_500, whole.length)));

        assertThat(report.packetsWritten()).isEqualTo(2_000);
        assertThat(report.inputs().get(1).reading().damagedOctets()).isEqualTo(count);
    }

    @ParameterizedTest
    @EnumSource(
            value = OnDamage.class,
            names = {"SKIP", "COLLECT"})
    void damage_withoutResync_endsTheInputThere(OnDamage choice) throws IOException {
        byte[] octets = other();
        le(octets).putInt(AT_500 + 8, -1);

        MergeReport report = merge(octets, choice);

        assertThat(report.packetsWritten()).isEqualTo(1_500);
        assertThat(report.inputs().get(1).reading().damage())
                .hasValueSatisfying(e -> assertThat(e.offset()).isEqualTo(AT_500));
    }

    @Test
    void damage_thatHalts_failsNamingTheFile() throws IOException {
        byte[] octets = other();
        le(octets).putInt(AT_500 + 8, -1);

        assertThatExceptionOfType(PcapFormatException.class)
                .isThrownBy(() -> merge(octets, OnDamage.HALT))
                .withMessageContaining(directory.resolve("other").toString())
                .satisfies(e -> assertThat(e.offset()).isEqualTo(AT_500));
        assertThat(output).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 23})
    void cutFileHeader_givesTheGoodOneAndSaysSo(int length) throws IOException {
        MergeReport report = merge(Arrays.copyOf(other(), length));

        assertThat(report.packetsWritten()).isEqualTo(1_000);
        assertThat(report.inputs().get(1).reading().truncation()).isPresent();
    }

    @Test
    void headerOnly_isWhole() throws IOException {
        MergeReport report = merge(Arrays.copyOf(other(), 24));

        assertThat(report.packetsWritten()).isEqualTo(1_000);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void twoFilesGlued_giveBoth() throws IOException {
        assertThat(merge(GzipTest.join(other(), other())).packetsWritten()).isEqualTo(3_000);
    }

    @Test
    void twoMembersOfGzip_giveBoth() throws IOException {
        MergeReport report = merge(GzipTest.join(GzipTest.gzip(other()), GzipTest.gzip(other())));

        assertThat(report.packetsWritten()).isEqualTo(3_000);
    }

    @Test
    void gzipCutInHalf_givesWhatIsThere() throws IOException {
        byte[] gzip = GzipTest.gzip(other());

        MergeReport report = merge(Arrays.copyOf(gzip, gzip.length / 2));

        assertThat(report.packetsWritten()).isBetween(1_200L, 1_999L);
        assertThat(report.complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"425a6839", "fd377a585a00", "28b52ffd", "04224d18"})
    void otherCompression_isRefusedByNameOrCollected(String magic) throws IOException {
        byte[] octets = Arrays.copyOf(Samples.octets(magic), 100);

        assertThatExceptionOfType(PcapFormatException.class)
                .isThrownBy(() -> merge(octets))
                .withMessageContaining("decompress it with");
        MergeReport report = merge(octets, OnDamage.COLLECT);

        assertThat(report.packetsWritten()).isEqualTo(1_000);
        assertThat(report.inputs().get(1).failure()).isPresent();
        assertThat(report.complete()).isFalse();
    }

    @Test
    void missingInput_isLeftOutIfCollected() throws IOException {
        MergeReport report = PacketFiles.merge(good, directory.resolve("missing"))
                .onDamage(OnDamage.COLLECT)
                .writeTo(output);

        assertThat(report.packetsWritten()).isEqualTo(1_000);
        assertThat(report.inputs().get(1).failure()).isPresent();
    }

    @Test
    void pcapng_isMerged() throws IOException {
        Path pcapng = directory.resolve("pcapng");
        PacketFiles.merge(file(directory, "pcap", other())).writeTo(pcapng);

        assertThat(merge(Files.readAllBytes(pcapng)).packetsWritten()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 276})
    void otherLinkType_isRefusedInPcapAndTakenInPcapng(int linkType) throws IOException {
        byte[] octets = other();
        le(octets).putInt(20, linkType);
        Path other = file(directory, "other", octets);

        assertThatExceptionOfType(CaptureOutputException.class)
                .isThrownBy(() ->
                        PacketFiles.merge(good, other).format(OutputFormat.PCAP).writeTo(output))
                .withMessageContaining("(" + linkType + ")");
        assertThat(PacketFiles.merge(good, other).writeTo(output).packetsWritten())
                .isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void originalLengthBelowCaptured_losesNothing(int original) throws IOException {
        byte[] octets = other();
        for (int at = 24; at < octets.length; at += RECORD) {
            le(octets).putInt(at + 12, original);
        }

        assertThat(merge(octets).packetsWritten()).isEqualTo(2_000);
        assertThat(Samples.packets(output)).allMatch(packet -> packet.capturedLength() == LENGTH);
    }

    @Test
    void snaplenBelowRecords_keepsThemWhole() throws IOException {
        byte[] octets = other();
        le(octets).putInt(16, 64);

        assertThat(merge(octets).packetsWritten()).isEqualTo(2_000);
        assertThat(Samples.packets(output))
                .allMatch(packet -> packet.capturedLength() == LENGTH
                        && packet.interfaceDescription().snaplen() >= LENGTH);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2_208_988_800L, 4_294_967_295L})
    void timesFarAway_areKept(long seconds) throws IOException {
        byte[] octets = other();
        le(octets).putInt(AT_500, (int) seconds);

        for (OutputFormat format : OutputFormat.values()) {
            MergeReport report = PacketFiles.merge(good, file(directory, "other", octets))
                    .format(format)
                    .writeTo(output);

            assertThat(report.packetsWritten()).isEqualTo(2_000);
            assertThat(Samples.packets(output)).anyMatch(packet -> packet.timestampNanos() / 1_000_000_000L == seconds);
        }
    }

    @Test
    void reversedRun_isPutInOrderIfAsked() throws IOException {
        byte[] octets = pcap(i -> START + 1 + 2 * (i >= 400 && i < 500 ? 899 - i : i));
        Path other = file(directory, "other", octets);

        MergeReport asIs = PacketFiles.merge(good, other).writeTo(output);
        MergeReport sorted =
                PacketFiles.merge(good, other).sortWithin(Duration.ofMillis(1)).writeTo(output);

        assertThat(asIs.inputs().get(1).outOfOrder()).isEqualTo(99);
        assertThat(sorted.inputs()).allMatch(input -> input.outOfOrder() == 0);
        assertThat(sorted.inputs().get(1).reordered()).isEqualTo(99);
        assertThat(sorted.packetsWritten()).isEqualTo(2_000);
        assertThat(Samples.packets(output)).extracting(Packet::timestampNanos).isSorted();
    }

    @Test
    void sortWindow_afterATimeInTheFuture_stillPutsInOrder() throws IOException {
        byte[] octets =
                pcap(i -> i == 100 ? START + 86_400_000_000L : START + 1 + 2 * (i >= 400 && i < 500 ? 899 - i : i));

        MergeReport sorted = PacketFiles.merge(good, file(directory, "other", octets))
                .sortWithin(Duration.ofMillis(1))
                .writeTo(output);

        assertThat(sorted.inputs()).allMatch(input -> input.outOfOrder() == 0);
        assertThat(Samples.packets(output))
                .hasSize(2_000)
                .extracting(Packet::timestampNanos)
                .isSorted();
    }

    /** It has the time of the packet before it, so it follows that one and was put before nothing. */
    @Test
    void sortWindow_withAPacketWithoutTime_countsItNotAsReordered() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN).section();
        sample.description(1, 0, new byte[0]);
        for (long seconds : new long[] {100, 200, 50}) {
            sample.enhanced(0, seconds * 1_000_000, new byte[4], 4);
        }
        sample.block(3, sample.number(4), new byte[4]);
        sample.enhanced(0, 300_000_000, new byte[4], 4);

        MergeReport report = PacketFiles.merge(file(directory, "in", sample.octets()))
                .sortWithin(Duration.ofSeconds(1))
                .writeTo(output);

        MergeReport.Input input = report.inputs().get(0);
        assertThat(input.outOfOrder()).isEqualTo(1);
        assertThat(input.reordered()).isZero();
        assertThat(input.withoutTimestamp()).isEqualTo(1);
    }

    @Test
    void sortWindow_tooShort_tellsWhatIsLeft() throws IOException {
        byte[] octets = pcap(i -> START + (i == 900 ? 0 : i));

        MergeReport report = PacketFiles.merge(file(directory, "other", octets))
                .sortWithin(Duration.ofNanos(100_000))
                .writeTo(output);

        assertThat(report.packetsWritten()).isEqualTo(1_000);
        assertThat(report.inputs().get(0).outOfOrder()).isEqualTo(1);
        assertThat(report.inputs().get(0).reordered()).isZero();
    }

    @Test
    void sortWindow_ofPcapng_keepsOptionsAndStatisticsLast() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0);
        sample.enhanced(0, 7, new byte[] {7}, 1, sample.option(1, "seven"));
        sample.enhanced(0, 5, new byte[] {5}, 1, sample.option(1, "five"));
        sample.block(5, sample.number(0), sample.number(0), sample.number(7), sample.option64(4, 2));

        PacketFiles.merge(file(directory, "in", sample.octets()))
                .sortWithin(Duration.ofSeconds(1))
                .writeTo(output);

        String written = Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(written.indexOf("five")).isPositive().isLessThan(written.indexOf("seven"));
        assertThat(le(Files.readAllBytes(output)).getInt((int) Files.size(output) - 4))
                .isEqualTo(40);
    }

    @Test
    void fractionOfASecondOrMore_isCarried() throws IOException {
        byte[] octets = other();
        int fraction = le(octets).getInt(AT_500 + 4);
        le(octets).putInt(AT_500, le(octets).getInt(AT_500) - 1).putInt(AT_500 + 4, fraction + 1_000_000);

        assertThat(merge(octets).packetsWritten()).isEqualTo(2_000);
        assertThat(Samples.packets(output)).extracting(Packet::timestampNanos).isSorted();
    }

    private MergeReport merge(byte[] other) throws IOException {
        return merge(other, OnDamage.RESYNC);
    }

    private MergeReport merge(byte[] other, OnDamage choice) throws IOException {
        List<Path> inputs = List.of(good, file(directory, "other", other));
        MergeReport report =
                PacketFiles.merge(inputs.toArray(new Path[0])).onDamage(choice).writeTo(output);
        assertThat(Samples.packets(output)).hasSize((int) report.packetsWritten());
        return report;
    }

    private static byte[] other() throws IOException {
        return pcap(i -> START + 2 * i + 1);
    }

    private static byte[] pcap(java.util.function.LongUnaryOperator micros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(7);
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(out)) {
            for (int i = 0; i < PACKETS; i++) {
                byte[] data = new byte[LENGTH];
                random.nextBytes(data);
                writer.write(micros.applyAsLong(i) * 1_000, ByteBuffer.wrap(data), LENGTH);
            }
        }
        return out.toByteArray();
    }

    private static ByteBuffer le(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
