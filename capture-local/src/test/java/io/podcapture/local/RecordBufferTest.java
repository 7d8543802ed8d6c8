package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.PacketCursor;
import io.podcapture.spi.PacketSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordBufferTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();

    private final PacketSink sink = new PacketSink() {
        @Override
        public void write(byte[] octets, int offset, int length) {
            written.write(octets, offset, length);
            lengths.add(length);
        }
    };

    @Test
    void write_packets_areReadBack() throws Exception {
        RecordBuffer records = new RecordBuffer(sink, 1000);
        records.beginFile(true, 1000, 1);
        assertThat(lengths).as("the header tells of readiness").containsExactly(24);
        add(records, 7, 999_999_999, 3, 60, 'a');
        // Beyond 2038.
        add(records, 0xf000_0000, 1, 1000, 1000, 'b');
        records.flush();
        assertThat(lengths).hasSize(2);
        try (PacketCursor packets = read()) {
            assertThat(packets.next()).isTrue();
            assertThat(packets.timestampNanos()).isEqualTo(7_999_999_999L);
            assertThat(packets.capturedLength()).isEqualTo(3);
            assertThat(packets.originalLength()).isEqualTo(60);
            assertThat(packets.next()).isTrue();
            assertThat(packets.timestampNanos()).isEqualTo(0xf000_0000L * 1_000_000_000 + 1);
            assertThat(packets.data().get(packets.data().limit() - 1)).isEqualTo((byte) 'b');
            assertThat(packets.next()).isFalse();
        }
    }

    @Test
    void write_microseconds_areToldInTheHeader() throws Exception {
        RecordBuffer records = new RecordBuffer(sink, 100);
        records.beginFile(false, 100, 113);
        add(records, 1, 5, 1, 1, 'a');
        records.flush();
        try (PacketCursor packets = read()) {
            assertThat(packets.next()).isTrue();
            assertThat(packets.timestampNanos()).isEqualTo(1_000_005_000L);
            assertThat(packets.linkType().number()).isEqualTo(113);
        }
    }

    @Test
    void begin_withoutRoom_writesWhatIsThere() throws Exception {
        RecordBuffer records = new RecordBuffer(sink, 1 << 18);
        records.beginFile(true, 1 << 18, 1);
        for (int i = 0; i < 3; i++) {
            add(records, i, 0, 1 << 18, 1 << 18, 'c');
        }
        records.flush();
        assertThat(lengths).hasSize(4);
        try (PacketCursor packets = read()) {
            for (int i = 0; i < 3; i++) {
                assertThat(packets.next()).isTrue();
                assertThat(packets.capturedLength()).isEqualTo(1 << 18);
            }
        }
    }

    @Test
    void begin_longerThanTheSnapshotLength_isRefused() {
        RecordBuffer records = new RecordBuffer(sink, 100);
        assertThatThrownBy(() -> records.begin(0, 0, 1 << 20, 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1048576 octets");
        assertThatThrownBy(() -> records.begin(0, 0, -1, 10)).isInstanceOf(IOException.class);
    }

    private static void add(RecordBuffer records, int seconds, int fraction, int captured, int original, char octet)
            throws IOException {
        int at = records.begin(seconds, fraction, captured, original);
        Arrays.fill(records.octets(), at, at + captured, (byte) octet);
    }

    private PacketCursor read() throws IOException {
        Path file = directory.resolve("capture.pcap");
        Files.write(file, written.toByteArray());
        return PacketCursor.open(file);
    }
}
