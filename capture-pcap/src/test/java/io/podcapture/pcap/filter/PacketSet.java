package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Packets of one link type, in memory and as a file in which each is known by its time. */
final class PacketSet {
    private static final int RECORD_HEADER = 16;
    private static final int FILE_HEADER = 24;

    /** One packet. */
    record Entry(byte[] octets, int originalLength) {}

    final LinkType linkType;
    final ByteOrder byteOrder;
    private final List<Entry> packets = new ArrayList<>();

    PacketSet(LinkType linkType, ByteOrder byteOrder) {
        this.linkType = linkType;
        this.byteOrder = byteOrder;
    }

    int size() {
        return packets.size();
    }

    List<Entry> packets() {
        return packets;
    }

    void add(byte[] octets, int originalLength) {
        packets.add(new Entry(octets, originalLength));
    }

    /** All of the link type in the files of the corpus. */
    PacketSet addCorpus() throws IOException {
        for (String directory : List.of("tcpdump", "pcapng")) {
            List<Path> files;
            try (Stream<Path> found = Files.list(FilterTable.CORPUS.resolve(directory))) {
                files = found.sorted().toList();
            }
            for (Path file : files) {
                addFile(file);
            }
        }
        return this;
    }

    private void addFile(Path file) throws IOException {
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                if (cursor.linkType().equals(linkType) && cursor.capturedLength() <= 65_535) {
                    byte[] octets = new byte[cursor.capturedLength()];
                    cursor.data().get(octets);
                    add(octets, (int) cursor.originalLength());
                }
            }
        } catch (PcapFormatException e) {
            // What is whole is enough.
        }
    }

    /** Each packet once more, cut somewhere in its headers. */
    PacketSet addCut(long seed) {
        Random random = new Random(seed);
        for (Entry packet : List.copyOf(packets)) {
            int length = Math.min(packet.octets.length, random.nextInt(80));
            byte[] octets = new byte[length];
            System.arraycopy(packet.octets, 0, octets, 0, length);
            add(octets, packet.originalLength);
        }
        return this;
    }

    /** So many of them, from all parts. */
    PacketSet sample(int count) {
        PacketSet sample = new PacketSet(linkType, byteOrder);
        int step = Math.max(1, packets.size() / count);
        for (int i = 0; i < packets.size(); i += step) {
            sample.packets.add(packets.get(i));
        }
        return sample;
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(byteOrder);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(linkType.number());
        out.write(header.array());
        for (int i = 0; i < packets.size(); i++) {
            Entry packet = packets.get(i);
            ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER).order(byteOrder);
            record.putInt(i).putInt(0).putInt(packet.octets.length).putInt(packet.originalLength);
            out.write(record.array());
            out.write(packet.octets);
        }
        Files.write(file, out.toByteArray());
    }

    /** Which of the packets are in a file that a tool made of that which {@link #write} wrote. */
    static BitSet read(byte[] file) {
        BitSet found = new BitSet();
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
        if (buffer.getInt(0) != 0xa1b2c3d4) {
            buffer.order(buffer.order() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        }
        int at = FILE_HEADER;
        while (at < file.length) {
            found.set(buffer.getInt(at));
            at += RECORD_HEADER + buffer.getInt(at + 8);
        }
        return found;
    }

    BitSet matching(PacketFilter filter) {
        BitSet found = new BitSet();
        for (int i = 0; i < packets.size(); i++) {
            Entry packet = packets.get(i);
            if (filter.matches(ByteBuffer.wrap(packet.octets), 0, packet.octets.length, packet.originalLength)) {
                found.set(i);
            }
        }
        return found;
    }
}
