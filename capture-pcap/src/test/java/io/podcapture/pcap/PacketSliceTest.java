package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketSliceTest {
    private static final long START = 1_700_000_000;
    private static final int PACKETS = 40_000;

    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("out");
    }

    /** Of ten packets a second. */
    private static long[] times() {
        return LongStream.range(0, PACKETS)
                .map(i -> START * 1_000_000 + i * 100_000)
                .toArray();
    }

    private static Instant second(long second) {
        return Instant.ofEpochSecond(START + second);
    }

    @Test
    void slice_ofAnOrderedFile_hasBothEndsOfTheWindowAndIsFoundBySearch() throws IOException {
        Path file = Samples.file(directory, "a", Samples.pcap(1, times()));

        SliceReport report =
                PacketFiles.slice(file).from(second(3_000)).to(second(3_010)).writeTo(output);

        assertThat(report.readWhole()).isEmpty();
        assertThat(report.copy().packetsWritten()).isEqualTo(101);
        assertThat(report.copy().packetsRead()).isLessThan(15_000);
        assertThat(report.copy().firstTimestamp()).contains(second(3_000));
        assertThat(report.copy().lastTimestamp()).contains(second(3_010));
        assertThat(Samples.packets(output))
                .hasSize(101)
                .first()
                .extracting(Samples::hex)
                .isEqualTo("00000001" + String.format("%08x", 30_000) + "00".repeat(52));
    }

    @Test
    void slice_withOneEndOpen_goesToThatOfTheFile() throws IOException {
        Path file = Samples.file(directory, "a", Samples.pcap(1, times()));

        assertThat(PacketFiles.slice(file)
                        .from(second(3_999))
                        .writeTo(output)
                        .copy()
                        .packetsWritten())
                .isEqualTo(10);
        assertThat(PacketFiles.slice(file).to(second(1)).writeTo(output).copy().packetsWritten())
                .isEqualTo(11);
    }

    @Test
    void slice_whereTheOrderBreaksWithinTheWindow_beginsAnewAndReadsAll() throws IOException {
        long[] times = times();
        times[30_050] -= 2_000_000;
        times[100] += 3_000_000_000L;
        Path file = Samples.file(directory, "a", Samples.pcap(1, times));

        SliceReport report =
                PacketFiles.slice(file).from(second(3_000)).to(second(3_010)).writeTo(output);

        assertThat(report.readWhole().orElseThrow()).contains("out of order");
        assertThat(report.copy().packetsRead()).isEqualTo(PACKETS);
        assertThat(report.copy().packetsWritten()).isEqualTo(102);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void slice_whereAPacketWithinTheWindowIsStampedInTheFuture_losesNoneBehindIt() throws IOException {
        long[] times = times();
        times[30_050] = 2_208_988_800_000_000L;
        Path file = Samples.file(directory, "a", Samples.pcap(1, times));

        SliceReport report =
                PacketFiles.slice(file).from(second(3_000)).to(second(3_010)).writeTo(output);

        assertThat(report.readWhole().orElseThrow()).contains("out of order");
        assertThat(report.copy().packetsWritten()).isEqualTo(100);
        assertThat(report.copy().lastTimestamp()).contains(second(3_010));
    }

    @Test
    void slice_ofPcapng_keepsBlocksFromBeforeAndBehindTheWindow() throws IOException {
        PcapngSample sample = new PcapngSample(ByteOrder.LITTLE_ENDIAN);
        sample.section(sample.option(1, "comment"), sample.end()).description(1, 64, sample.option(2, "eth0"));
        sample.enhanced(0, 1_000_000, new byte[4], 4);
        sample.description(1, 64, sample.option(2, "late"));
        byte[] secrets = {'K', 'S', 'L', 'T', 4, 0, 0, 0, 1, 2, 3, 4};
        sample.block(10, secrets);
        sample.enhanced(1, 5_000_000, new byte[5], 5, sample.option(1, "kept"));
        sample.enhanced(1, 9_000_000, new byte[6], 6);
        sample.block(5, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Path file = Samples.file(directory, "a", sample.octets());

        SliceReport report = PacketFiles.slice(file)
                .from(Instant.ofEpochSecond(2))
                .to(Instant.ofEpochSecond(6))
                .writeTo(output);

        assertThat(report.readWhole()).isPresent();
        assertThat(CopyTest.blocks(output))
                .containsExactlyElementsOf(List.of(
                        CopyTest.blocks(file).get(0),
                        CopyTest.blocks(file).get(1),
                        CopyTest.blocks(file).get(3),
                        CopyTest.blocks(file).get(4),
                        CopyTest.blocks(file).get(5),
                        CopyTest.blocks(file).get(7)));
    }

    @Test
    void slice_toAStream_readsAll() throws IOException {
        Path file = Samples.file(directory, "a", Samples.pcap(1, times()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SliceReport report = PacketFiles.slice(file).from(second(3_999)).writeTo(CaptureSink.stream(out));

        assertThat(report.readWhole()).isPresent();
        assertThat(out.toByteArray()).hasSize(24 + 10 * 76);
    }

    @Test
    void slice_ofNothing_isAFileWithoutPackets() throws IOException {
        Path file = Samples.file(directory, "a", Samples.pcap(1));

        assertThat(PacketFiles.slice(file).writeTo(output).copy().packetsRead()).isZero();
        assertThat(output).hasSize(24);
    }

    @Test
    void slice_thatIsWrong_isRefused() throws IOException {
        Path file = Samples.file(directory, "a", Samples.pcap(1, 5));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PacketFiles.slice(file).from(second(2)).to(second(1)).writeTo(output))
                .withMessageContaining("before it begins");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.slice(file).writeTo(file))
                .withMessageContaining("is an input");
        assertThatIllegalStateException()
                .isThrownBy(() -> PacketFiles.slice(file).from(second(2)).from(second(3)));
        assertThat(Samples.packets(file)).hasSize(1);
    }

    @Test
    void slice_overManyPackets_allocatesNothingPerPacket() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        Path few = Samples.file(directory, "few", Samples.pcap(1, 5));
        Path many = Samples.file(directory, "many", Samples.pcap(1, times()));
        write(many);

        long before = threads.getCurrentThreadAllocatedBytes();
        write(few);
        long fixed = threads.getCurrentThreadAllocatedBytes() - before;
        write(many);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - fixed;

        assertThat(allocated - fixed).isLessThan(PACKETS / 10);
    }

    /** All of it to a stream, for which there is no search. */
    private void write(Path file) throws IOException {
        PacketFiles.slice(file).writeTo(CaptureSink.stream(OutputStream.nullOutputStream()));
    }
}
