package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Legal files of random content, with what a reader is to make of them. */
final class MadeFiles {
    private static final ByteOrder[] ORDERS = {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN};
    private static final int[] RESOLUTIONS = {6, 9, 0, 3, 12, 0x80 | 10, 0x80 | 20, 0x80 | 32};
    private static final int[] OTHER_BLOCKS = {4, 5, 9, 10, 0xbad, 0x40000bad, 0x80000007, 77};

    private final Random random;
    private final List<String> expected = new ArrayList<>();
    private int interfaces;
    private boolean alike;

    MadeFiles(long seed) {
        random = new Random(seed);
    }

    /** Has all parts of pcap be of Ethernet in little-endian microseconds, which one pcap file can hold. */
    MadeFiles alike() {
        alike = true;
        return this;
    }

    /** One line for each packet: interface, ticks, original length and octets. */
    List<String> expected() {
        return expected;
    }

    static String line(PacketCursor packet) {
        return line(packet.interfaceIndex(), packet.ticks(), packet.originalLength(), Samples.hex(packet));
    }

    private static String line(int index, long ticks, long original, String hex) {
        return index + " " + Long.toUnsignedString(ticks) + " " + original + " " + hex;
    }

    /** One to three pcap files glued together. */
    byte[] pcap(int packets) {
        byte[] whole = {};
        int parts = 1 + random.nextInt(3);
        for (int part = 0; part < parts; part++) {
            whole = GzipTest.join(whole, pcapPart(packets));
        }
        return whole;
    }

    private byte[] pcapPart(int packets) {
        ByteBuffer out = ByteBuffer.allocate(8 << 20).order(ORDERS[alike ? 0 : random.nextInt(2)]);
        int kind = alike ? 0 : random.nextInt(3);
        int second = kind == 1 ? 1_000_000_000 : 1_000_000;
        int[] magics = {0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34};
        out.putInt(magics[kind]).putShort((short) 2).putShort((short) 4).putLong(0);
        out.putInt(new int[] {0, 1, 96, 262_144, Integer.MAX_VALUE, -1}[random.nextInt(6)]);
        out.putInt(alike ? 1 : random.nextInt(300));
        long seconds = random.nextInt() & 0xffff_ffffL;
        for (int i = 0; i < packets; i++) {
            byte[] data = data();
            long original = data.length + random.nextInt(2) * random.nextInt(2_000) + 1;
            long fraction = random.nextInt(second);
            seconds = seconds + random.nextInt(2) & 0xffff_ffffL;
            out.putInt((int) seconds).putInt((int) fraction).putInt(data.length).putInt((int) original);
            out.put(new byte[kind == 2 ? 8 : 0]).put(data);
            expected.add(line(interfaces, seconds * second + fraction, original, hex(data)));
        }
        interfaces++;
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    /** One to three sections. */
    byte[] pcapng(int packets) {
        byte[] whole = {};
        int sections = 1 + random.nextInt(3);
        for (int i = 0; i < sections; i++) {
            whole = GzipTest.join(whole, section(packets));
        }
        return whole;
    }

    private byte[] section(int packets) {
        PcapngSample to = new PcapngSample(ORDERS[random.nextInt(2)]);
        to.section(random.nextBoolean() ? -1 : random.nextLong(), to.option(1, "comment"), to.option(77, data()));
        int first = interfaces;
        description(to);
        for (int i = 0; i < packets; i++) {
            if (random.nextInt(8) == 0) {
                description(to);
            }
            if (random.nextInt(4) == 0) {
                to.block(OTHER_BLOCKS[random.nextInt(OTHER_BLOCKS.length)], data(), new byte[12]);
            }
            packet(to, random.nextInt(interfaces - first), first);
        }
        return to.octets();
    }

    private void description(PcapngSample to) {
        byte[] resolution = {(byte) RESOLUTIONS[random.nextInt(RESOLUTIONS.length)]};
        to.description(
                random.nextInt(300),
                random.nextInt(2) * 262_144,
                to.option(2, "eth" + interfaces),
                to.option(9, resolution),
                to.option64(14, random.nextInt()),
                random.nextBoolean() ? to.end() : new byte[0]);
        interfaces++;
    }

    private void packet(PcapngSample to, int id, int first) {
        byte[] data = data();
        int original = data.length + random.nextInt(2_000);
        long ticks = random.nextLong();
        switch (random.nextInt(6)) {
            case 0 -> {
                to.simple(data, data.length);
                expected.add(line(first, 0, data.length, hex(data)));
            }
            case 1 -> {
                to.obsolete(id, random.nextInt(0x10000), ticks, data, original, to.option32(2, 1));
                expected.add(line(first + id, ticks, original, hex(data)));
            }
            default -> {
                to.enhanced(id, ticks, data, original, random.nextBoolean() ? to.option(1, "c") : new byte[0]);
                expected.add(line(first + id, ticks, original, hex(data)));
            }
        }
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(random.nextInt(20) == 0 ? 9_000 : 120)];
        random.nextBytes(data);
        return data;
    }

    private static String hex(byte[] data) {
        return HexFormat.of().formatHex(data);
    }
}
