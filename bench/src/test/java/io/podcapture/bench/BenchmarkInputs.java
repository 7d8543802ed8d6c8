package io.podcapture.bench;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.OutputFormat;
import io.podcapture.pcap.PacketFiles;
import io.podcapture.pcap.PcapWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** The files that are measured on: the same each time, of packets of 66 and of 1514 octets. */
final class BenchmarkInputs {
    static final long START_MICROS = 1_700_000_000_000_000L;

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
            write(file, packets, meanLength, i, files);
            made.add(file);
        }
        return made;
    }

    Path one(String name, int packets, int meanLength) throws IOException {
        return interleaved(name, 1, packets, meanLength).get(0);
    }

    /** The same as pcapng. */
    List<Path> pcapng(List<Path> files) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Path file : files) {
            Path to = directory.resolve(file.getFileName() + "ng");
            PacketFiles.convert(file, OutputFormat.PCAPNG).writeTo(to);
            made.add(to);
        }
        return made;
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

    private static void write(Path file, int packets, int meanLength, int index, int files) throws IOException {
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
                data.position(0).limit(length);
                writer.write(micros * 1_000, data, length);
            }
        }
    }
}
