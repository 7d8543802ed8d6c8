package io.podcapture.bench;

import static java.nio.file.StandardOpenOption.APPEND;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.pcap.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files that are measured on: the same each time, of packets of 66 and of 1514 octets. */
final class BenchmarkInputs {
    static final long START_MICROS = 1_700_000_000_000_000L;

    private static final int BLOCK_WITH_FLAGS = 44;
    private static final int SHORT = 66;
    private static final int LONG = 1514;

    private final Path directory;

    BenchmarkInputs(Path directory) {
        this.directory = directory;
    }

    /** Files whose times lie between one another. */
    List<Path> interleaved(String name, int files, int packets, int meanLength) throws IOException {
        List<Path> made = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Path file = directory.resolve(name + i + ".pcap");
            write(file, packets, meanLength, i, files, null);
            made.add(file);
        }
        return made;
    }

    /** One file, whose packets have addresses and ports. */
    Path one(String name, int packets, int meanLength) throws IOException {
        Path file = directory.resolve(name + "0.pcap");
        write(file, packets, meanLength, 0, 1, FilterInputs.ofFile());
        return file;
    }

    /** The same as pcapng, each packet with its direction as an option. */
    List<Path> pcapng(List<Path> files) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Path file : files) {
            Path to = directory.resolve(file.getFileName() + "ng");
            PcapngWriter.builder().open(to).close();
            try (PacketCursor packets = PacketCursor.open(file);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(to, APPEND), 1 << 20)) {
                description(out);
                while (packets.next()) {
                    block(packets, out);
                }
            }
            made.add(to);
        }
        return made;
    }

    private static void description(OutputStream out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        out.write(
                block.putInt(1).putInt(20).putInt(1).putInt(262_144).putInt(20).array());
    }

    private static void block(PacketCursor packet, OutputStream out) throws IOException {
        int captured = packet.capturedLength();
        int length = BLOCK_WITH_FLAGS + (captured + 3 & ~3);
        ByteBuffer block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        long micros = packet.timestampNanos() / 1_000;
        block.putInt(6).putInt(length).putInt(0).putInt((int) (micros >>> 32)).putInt((int) micros);
        block.putInt(captured).putInt(captured).put(packet.data());
        // epb_flags: inbound; and the end of options.
        block.position(length - 16)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(1)
                .putInt(0)
                .putInt(length);
        out.write(block.array());
    }

    List<Path> gzip(List<Path> files) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Path file : files) {
            Path to = directory.resolve(file.getFileName() + ".gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
                Files.copy(file, out);
            }
            made.add(to);
        }
        return made;
    }

    private static void write(
            Path file, int packets, int meanLength, int index, int files, @Nullable FilterInputs headers)
            throws IOException {
        SplittableRandom random = new SplittableRandom(index);
        ByteBuffer data = ByteBuffer.allocate(LONG);
        int longOnes = 1_000 * (meanLength - SHORT) / (LONG - SHORT);
        long micros = START_MICROS + index;
        Files.deleteIfExists(file);
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            for (int i = 0; i < packets; i++) {
                int length = random.nextInt(1_000) < longOnes ? LONG : SHORT;
                micros += 1 + random.nextInt(20 * files);
                data.clear();
                // Half of it is new, which halves it in gzip, as payloads of services do.
                for (int at = 0; at < length - 8; at += 16) {
                    data.putLong(at, random.nextLong());
                }
                if (headers != null) {
                    headers.overwrite(data);
                }
                data.position(0).limit(length);
                writer.write(micros * 1_000, data, length);
            }
        }
    }
}
