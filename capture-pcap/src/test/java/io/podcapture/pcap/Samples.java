package io.podcapture.pcap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Capture files as hex written by hand, and short ways to write and read them. */
final class Samples {
    /** Two packets, of 4 and of 3 octets with 60 on the wire, at 1700000000.000001 and .999999 seconds. */
    static final String PCAP_LITTLE_ENDIAN = """
            d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000
            00f15365 01000000 04000000 04000000 deadbeef
            00f15365 3f420f00 03000000 3c000000 010203
            """;

    static final String PCAP_BIG_ENDIAN = """
            a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001
            6553f100 00000001 00000004 00000004 deadbeef
            6553f100 000f423f 00000003 0000003c 010203
            """;

    /** A comment, the interface "eth0" of nanoseconds, and the same two packets with .000000001 and .999999999. */
    static final String PCAPNG_LITTLE_ENDIAN = """
            0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0100 0200 68690000 00000000 28000000
            01000000 28000000 0100 0000 00000400 0200 0400 65746830 0900 0100 09000000 00000000 28000000
            06000000 24000000 00000000 fe9c9717 01002a36 04000000 04000000 deadbeef 24000000
            06000000 24000000 00000000 fe9c9717 ffc9c471 03000000 3c000000 01020300 24000000
            """;

    static final String PCAPNG_BIG_ENDIAN = """
            0a0d0d0a 00000028 1a2b3c4d 0001 0000 ffffffffffffffff 0001 0002 68690000 00000000 00000028
            00000001 00000028 0001 0000 00040000 0002 0004 65746830 0009 0001 09000000 00000000 00000028
            00000006 00000024 00000000 17979cfe 362a0001 00000004 00000004 deadbeef 00000024
            00000006 00000024 00000000 17979cfe 71c4c9ff 00000003 0000003c 01020300 00000024
            """;

    private Samples() {}

    /** From 10.0.0.1 to port 53 of 10.0.0.2. */
    static final byte[] UDP = octets(
            "020000000001 020000000002 0800",
            "4500001e 00000000 4011 0000 0a000001 0a000002",
            "1000 0035 000a 0000 6869");

    static final byte[] ARP = octets("ffffffffffff 020000000002 0806 0001 0800 06 04 0001");

    static byte[] octets(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", ""));
    }

    static PacketCursor cursor(String... hex) throws IOException {
        return PacketCursor.open(new ByteArrayInputStream(octets(hex)));
    }

    static List<Packet> packets(PacketCursor cursor) throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                packets.add(cursor.packet());
            }
        }
        return packets;
    }

    static List<Packet> packets(Path file) throws IOException {
        return packets(PacketCursor.open(file));
    }

    static String hex(PacketView packet) {
        byte[] octets = new byte[packet.capturedLength()];
        packet.data().get(octets);
        return HexFormat.of().formatHex(octets);
    }

    /** A pcap of microseconds with one packet per time; each packet is its {@code tag} and its position. */
    static byte[] pcap(int tag, long... micros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(out)) {
            for (int i = 0; i < micros.length; i++) {
                ByteBuffer data = ByteBuffer.allocate(60).putInt(0, tag).putInt(4, i);
                writer.write(micros[i] * 1_000, data, 60);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Puts the header of a pcap record there, as in a little-endian file. */
    static void record(ByteBuffer into, int at, int seconds, int length) {
        ByteBuffer header = into.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
        header.putInt(at, seconds).putInt(at + 4, 500).putInt(at + 8, length).putInt(at + 12, length);
    }

    static Path file(Path directory, String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    /** Packets of UDP to port 53 and of ARP by turns. */
    static Path byTurns(Path file, long firstSecond, int secondsBetween, int packets) throws IOException {
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            for (int i = 0; i < packets; i++) {
                byte[] data = i % 2 == 0 ? UDP : ARP;
                long second = firstSecond + (long) secondsBetween * i;
                writer.write(second * 1_000_000_000, ByteBuffer.wrap(data), data.length);
            }
        }
        return file;
    }
}
