package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketStatisticsTest {
    @TempDir
    Path directory;

    @Test
    void read_ofPcap_countsPacketsOctetsAndTimes() throws IOException {
        Path file = Samples.file(directory, "a.pcap", Samples.octets(Samples.PCAP_BIG_ENDIAN));

        StatisticsReport report = PacketFiles.statistics(file).read();

        assertThat(report.format()).isEqualTo("pcap");
        assertThat(report.fileOctets()).isEqualTo(24 + 20 + 19);
        assertThat(report.packets()).isEqualTo(2);
        assertThat(report.capturedOctets()).isEqualTo(7);
        assertThat(report.originalOctets()).isEqualTo(64);
        assertThat(report.firstTimestamp()).contains(Instant.parse("2023-11-14T22:13:20.000001Z"));
        assertThat(report.lastTimestamp()).contains(Instant.parse("2023-11-14T22:13:20.999999Z"));
        assertThat(report.duration()).isEqualTo(Duration.ofNanos(999_998_000));
        assertThat(report.packetRate()).isEqualTo(2 / 0.999998, within(1e-9));
        assertThat(report.octetRate()).isEqualTo(64 / 0.999998, within(1e-9));
        assertThat(report.ordered()).isTrue();
        assertThat(report.reading().whole()).isTrue();
        assertThat(report.sha256()).isEmpty();
    }

    @Test
    void read_ofSeveralSections_countsEachInterface() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.BIG_ENDIAN);
        sample.section().description(1, 100, sample.option(2, "eth0")).description(276, 200, sample.option(2, "any"));
        sample.enhanced(1, 7_000_000, new byte[5], 50).enhanced(1, 3_000_000, new byte[6], 60);
        PcapngSample second = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        second.section().description(101, 0).simple(new byte[9], 9);
        Path file = Samples.file(directory, "a", GzipTest.join(sample.octets(), second.octets()));

        StatisticsReport report = PacketFiles.statistics(file).read();

        assertThat(report.format()).isEqualTo("pcapng");
        assertThat(report.interfaces())
                .extracting(
                        of -> of.description().name().orElse(""),
                        of -> of.description().snaplen(),
                        StatisticsReport.Interface::packets,
                        StatisticsReport.Interface::capturedOctets,
                        StatisticsReport.Interface::originalOctets)
                .containsExactly(
                        tuple("eth0", 100L, 0L, 0L, 0L), tuple("any", 200L, 2L, 11L, 110L), tuple("", 0L, 1L, 9L, 9L));
        assertThat(report.firstTimestamp()).contains(Instant.ofEpochSecond(3));
        assertThat(report.lastTimestamp()).contains(Instant.ofEpochSecond(7));
        assertThat(report.interfaces().get(2).firstTimestamp()).isEmpty();
        assertThat(report.outOfOrder()).isEqualTo(1);
        assertThat(report.withoutTimestamp()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void read_ofInterfaceStatistics_tellsTheLastDrops(String name) throws IOException {
        ByteOrder order = name.startsWith("B") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        PcapngSample sample = new PcapngSample(order);
        sample.section().description(1, 0, sample.option(9, new byte[] {9})).description(1, 0);
        byte[] one = ByteBuffer.allocate(12).order(order).putInt(1).array();
        byte[] start = ByteBuffer.allocate(8).order(order).putInt(1).putInt(5).array();
        sample.block(5, one, sample.option64(7, 1), sample.end());
        sample.block(
                5, one, sample.option(2, start), sample.option64(4, 1L << 40), sample.option64(7, 12), sample.end());
        // Of an interface that is not described, and too short to name any.
        sample.block(5, new byte[] {9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0}).block(5, new byte[0]);
        Path file = Samples.file(directory, "a", sample.octets());

        StatisticsReport report = PacketFiles.statistics(file).read();

        assertThat(report.interfaces().get(0).counted()).isEmpty();
        InterfaceStatistics counted = report.interfaces().get(1).counted().orElseThrow();
        assertThat(counted.droppedByKernel()).isEqualTo(OptionalLong.of(12));
        assertThat(counted.received()).isEqualTo(OptionalLong.of(1L << 40));
        assertThat(counted.droppedByInterface()).isEmpty();
        assertThat(counted.startTime()).contains(TimestampUnit.instant(((1L << 32) + 5) * 1_000));
    }

    @Test
    void read_ofDamagedFile_goesOnAndCounts() throws IOException {
        byte[] octets = Samples.pcap(1, new long[100]);
        ByteBuffer.wrap(octets).putInt(24 + 50 * 76 + 8, -1);
        Path file = Samples.file(directory, "a", java.util.Arrays.copyOf(octets, octets.length - 5));

        StatisticsReport report = PacketFiles.statistics(file).read();

        assertThat(report.packets()).isEqualTo(98);
        assertThat(report.ordered()).as("packets of one time").isTrue();
        assertThat(report.reading().whole()).isFalse();
        assertThat(report.reading().damagedPlaces()).isEqualTo(1);
        assertThat(report.reading().resyncs()).isEqualTo(1);
        assertThat(report.reading().damagedOctets()).isEqualTo(76);
        assertThat(report.reading().truncation()).isPresent();
        assertThatThrownBy(() ->
                        PacketFiles.statistics(file).onDamage(DamagePolicy.HALT).read())
                .isInstanceOf(PcapFormatException.class)
                .hasMessageStartingWith(file + ": bad pcap");
    }

    @Test
    void read_withSha256_isThatOfTheFile() throws Exception {
        byte[] octets = GzipTest.gzip(Samples.pcap(1, new long[20_000]));
        Path file = Samples.file(directory, "a.gz", octets);

        StatisticsReport report = PacketFiles.statistics(file).sha256().read();

        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        assertThat(report.sha256()).contains(expected);
        assertThat(report.packets()).isEqualTo(20_000);
        assertThat(report.fileOctets()).isEqualTo(octets.length);
    }

    @Test
    void read_ofTimesThreeCenturiesApart_hasRates() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section().description(1, 0, sample.option(9, new byte[] {0}));
        sample.enhanced(0, 0, new byte[4], 4).enhanced(0, 9_000_000_000L, new byte[4], 4);
        sample.description(1, 0, sample.option(9, new byte[] {0}), sample.option64(14, -9_000_000_000L));
        sample.enhanced(1, 0, new byte[4], 4);
        Path file = Samples.file(directory, "a", sample.octets());

        StatisticsReport report = PacketFiles.statistics(file).read();

        assertThat(report.duration()).isEqualTo(Duration.ofSeconds(18_000_000_000L));
        assertThat(report.packetRate()).isEqualTo(3 / 18e9, within(1e-18));
    }

    @Test
    void read_ofNoCaptureFile_namesIt() throws IOException {
        Path file = Samples.file(directory, "a.txt", "no capture file".getBytes());

        assertThatThrownBy(() -> PacketFiles.statistics(file).sha256().read())
                .isInstanceOf(PcapFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("neither pcap nor pcapng");
        assertThatThrownBy(
                        () -> PacketFiles.statistics(directory.resolve("none")).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read capture file " + directory.resolve("none"));
    }

    @Test
    void read_withSha256OfWhatIsNoRegularFile_isRefused() {
        Path device = Path.of("/dev/null");
        assumeThat(device).exists();

        assertThatThrownBy(() -> PacketFiles.statistics(device).sha256().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/null is no regular file");
    }

    @Test
    void read_overManyPackets_allocatesNothingPerPacket() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path few = Samples.file(directory, "few", Samples.pcap(1, new long[10]));
        Path many = Samples.file(directory, "many", Samples.pcap(1, new long[100_000]));
        PacketFiles.statistics(many).read();

        long before = threads.getCurrentThreadAllocatedBytes();
        PacketFiles.statistics(few).read();
        long fixed = threads.getCurrentThreadAllocatedBytes() - before;
        PacketFiles.statistics(many).read();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - fixed;

        // With RESYNC a stretch to look for chains in is kept once there is need; none is here.
        assertThat(allocated - fixed).isLessThan(100_000);
    }
}
