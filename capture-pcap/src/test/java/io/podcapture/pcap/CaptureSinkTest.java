package io.podcapture.pcap;

import static io.podcapture.pcap.Samples.file;
import static io.podcapture.pcap.Samples.packets;
import static io.podcapture.pcap.Samples.pcap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a copy goes, and what is left where it cannot. */
class CaptureSinkTest {
    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("out");
    }

    @Test
    void severalSinks_inOnePass_getTheSame() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        Path other = directory.resolve("other");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ByteArrayOutputStream channel = new ByteArrayOutputStream();

        PacketFiles.merge(a)
                .writeTo(
                        CaptureSink.file(output),
                        CaptureSink.file(other),
                        CaptureSink.stream(stream),
                        CaptureSink.channel(Channels.newChannel(channel)));

        assertThat(output).hasBinaryContent(stream.toByteArray());
        assertThat(other).hasBinaryContent(channel.toByteArray());
        assertThat(packets(output)).hasSize(2);
    }

    @Test
    void sinks_ofOnePlaceTwice_areRefused() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.convert(a, OutputFormat.PCAPNG)
                        .writeTo(CaptureSink.stream(stream), CaptureSink.stream(stream)))
                .withMessageContaining("written twice");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PacketFiles.merge(a).writeTo(CaptureSink.file(output), CaptureSink.syncedFile(output)))
                .withMessageContaining("out is to be written twice");
        assertThat(stream.size()).isZero();
        assertThat(output).doesNotExist();
    }

    @Test
    void sinks_ofWhichThereIsNone_areRefused() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));

        List<ThrowingCallable> writes = List.of(
                () -> PacketFiles.merge(a).writeTo(),
                () -> PacketFiles.slice(a).writeTo(),
                () -> PacketFiles.filter(a, "tcp").writeTo(),
                () -> PacketFiles.convert(a, OutputFormat.PCAPNG).writeTo(),
                () -> PacketFiles.repair(a).writeTo());
        assertThat(writes)
                .allSatisfy(write -> assertThatIllegalArgumentException()
                        .isThrownBy(write)
                        .withMessage("no output: give a file, a channel or a stream"));
    }

    @Test
    void sinks_thatWereRefused_mayBeReplacedByOthers() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        PacketMerge merge = PacketFiles.merge(a);
        PacketConversion conversion = PacketFiles.convert(a, OutputFormat.PCAPNG);

        assertThatIllegalArgumentException().isThrownBy(() -> merge.writeTo(a));
        assertThatIllegalArgumentException().isThrownBy(() -> conversion.writeTo(a));
        merge.writeTo(output);
        conversion.writeTo(directory.resolve("converted"));

        assertThatIllegalStateException()
                .isThrownBy(() -> merge.writeTo(output))
                .withMessage("this merge was already written");
        assertThatIllegalStateException()
                .isThrownBy(() -> conversion.writeTo(output))
                .withMessage("what is made of " + a + " was already written");
    }

    @Test
    void severalSinks_ofWhichOneCannotBeCompleted_replaceNoFile() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        byte[] before = {1, 2, 3};
        Files.write(output, before);
        OutputStream failing = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PacketFiles.merge(a).writeTo(CaptureSink.file(output), CaptureSink.stream(failing)))
                .withMessageContaining("gone");

        assertThat(output).hasBinaryContent(before);
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void sink_thatCannotGetItsName_keepsWhatIsCompleteAndSaysWhere() throws IOException {
        Path a = file(directory, "a", pcap(1, 10, 20));
        Path taken = directory.resolve("taken");
        OutputStream taking = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                Files.createDirectories(taken.resolve("by a directory"));
            }
        };

        assertThatExceptionOfType(CaptureOutputException.class)
                .isThrownBy(() -> PacketFiles.merge(a)
                        .writeTo(
                                CaptureSink.stream(taking),
                                CaptureSink.syncedFile(taken),
                                CaptureSink.syncedFile(output)))
                .withMessageContaining("cannot complete capture file " + taken)
                .satisfies(e -> {
                    Path part = e.prefix().orElseThrow();
                    assertThat(e).hasMessageContaining(part.toString());
                    assertThat(e.wholeOctets()).isEqualTo(Files.size(part));
                    assertThat(packets(part)).hasSize(2);
                });

        assertThat(packets(output)).hasSize(2);
    }

    @Test
    void sink_thatIsAnInputByAHardLink_isRefused() throws IOException {
        Path a = file(directory, "a", pcap(1, 10));
        Path link = Files.createLink(directory.resolve("link"), a);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.merge(a).writeTo(link))
                .withMessageContaining("choose another name");
    }

    @Test
    void fullDisk_ofAChannel_leavesWholePackets() throws IOException {
        Path in = file(directory, "in", pcap(1, new long[40_000]));
        try (FileChannel file = FileChannel.open(output, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FullDisk disk = new FullDisk(file, 1_000_001);

            assertThatExceptionOfType(CaptureOutputException.class)
                    .isThrownBy(() -> PacketFiles.merge(in).writeTo(disk))
                    .withMessageContaining("No space left")
                    .satisfies(e -> assertThat(e.wholeOctets()).isBetween(700_000L, 1_000_001L));
            assertThat(file.size()).isLessThan(1_000_001);
        }

        List<Packet> whole = packets(output);

        assertThat(whole).hasSizeBetween(7_000, 10_500);
    }

    /** Takes so much and no more. */
    private record FullDisk(FileChannel file, long room) implements java.nio.channels.SeekableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            int left = (int) Math.min(from.remaining(), room - file.position());
            if (left == 0) {
                throw new IOException("No space left on device");
            }
            int limit = from.limit();
            int count = file.write(from.limit(from.position() + left));
            from.limit(limit);
            return count;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FullDisk position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FullDisk truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {}
    }
}
