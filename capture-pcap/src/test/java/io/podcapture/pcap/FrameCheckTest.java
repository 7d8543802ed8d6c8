package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameCheckTest {
    @TempDir
    Path directory;

    /** Packets end with a frame check sequence of four octets: one of 16-bit words, the other of bits. */
    @Test
    void frameCheckLength_isKeptFromPcapToPcapngAndBack() throws IOException {
        byte[] octets = Samples.pcap(1, 10, 20);
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putInt(20, 0x2400_0001);
        Path in = file(directory, "in.pcap", octets);
        Path pcap = directory.resolve("out.pcap");
        Path pcapng = directory.resolve("out.pcapng");
        Path back = directory.resolve("back.pcap");

        CopyReport kept = PacketFiles.convert(in, OutputFormat.PCAP).writeTo(pcap);
        PacketFiles.convert(in, OutputFormat.PCAPNG).writeTo(pcapng);
        CopyReport again = PacketFiles.convert(pcapng, OutputFormat.PCAP).writeTo(back);

        assertThat(lastWord(pcap)).isEqualTo(0x2400_0001);
        assertThat(lastWord(back)).isEqualTo(0x2400_0001);
        try (PacketCursor cursor = PacketCursor.open(pcapng)) {
            cursor.next();
            assertThat(cursor.interfaces().get(0).otherOptions())
                    .singleElement()
                    .satisfies(option -> assertThat(option.value()).containsExactly(32));
        }
        assertThat(kept.skippedOptions() + again.skippedOptions()).isZero();
    }

    @Test
    void frameCheckLengths_thatDiffer_areLeftOutOfPcapAndCounted() throws IOException {
        byte[] octets = Samples.pcap(1, 10, 20);
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putInt(20, 0x2400_0001);
        Path with = file(directory, "with", octets);
        Path without = file(directory, "without", Samples.pcap(2, 15));
        Path out = directory.resolve("both.pcap");

        MergeReport report =
                PacketFiles.merge(with, without).format(OutputFormat.PCAP).writeTo(out);

        assertThat(lastWord(out)).isEqualTo(1);
        assertThat(report.inputs())
                .extracting(MergeReport.Input::skippedOptions)
                .containsExactly(1L, 0L);
    }

    private static int lastWord(Path pcap) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(pcap))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(20);
    }
}
