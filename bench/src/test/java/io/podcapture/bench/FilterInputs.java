package io.podcapture.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Headers of packets between hosts of 10.0.0.0/8 in Ethernet, the same each time: nearly all IPv4, with some ARP and IPv6;
 * of IPv4 80 % TCP, 15 % UDP, 5 % ICMP, a few with options and a few fragments; a port of a service on either side.
 */
final class FilterInputs {
    private static final int PACKETS = 2_000;
    private static final int HEADERS = 64;

    /** Of which 15 % are 80. */
    private static final int[] SERVICES = {
        80, 80, 80, 443, 443, 443, 443, 443, 53, 53, 8080, 8080, 5432, 5432, 5432, 5432, 6379, 6379, 6379, 6379
    };

    /** Of which the filters of a file keep as much as a filter is for: 10 % are 80, 5 % are 443. */
    private static final int[] RARER_SERVICES = {
        80, 80, 443, 53, 53, 5432, 5432, 5432, 5432, 5432, 5432, 5432, 6379, 6379, 6379, 6379, 6379, 6379, 9092, 9092
    };

    private final SplittableRandom random = new SplittableRandom(20_240_229);
    private final int hosts;
    private final int[] services;

    private FilterInputs(int hosts, int[] services) {
        this.hosts = hosts;
        this.services = services;
    }

    /** Those of a file: thirty hosts. */
    static FilterInputs ofFile() {
        return new FilterInputs(30, RARER_SERVICES);
    }

    /** Writes, for each packet, its length in decimal and a line feed, and its octets. */
    static void write(Path file, int hosts) throws IOException {
        FilterInputs inputs = new FilterInputs(hosts, SERVICES);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = inputs.packet();
                out.write((packet.length + "\n").getBytes(StandardCharsets.US_ASCII));
                out.write(packet);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    static List<byte[]> read(Path file) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int digit = in.read(); digit >= 0; digit = in.read()) {
                int length = 0;
                for (; digit != '\n'; digit = in.read()) {
                    length = 10 * length + digit - '0';
                }
                byte[] packet = new byte[length];
                in.readFully(packet);
                packets.add(packet);
            }
        }
        return packets;
    }

    /** Asks for every tenth of the hosts, so that a list of any length keeps about as many packets. */
    static String hostList(int count) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int address = address(10 * i);
            expression.append(i == 0 ? "host " : " or host ");
            for (int shift = 24; shift >= 0; shift -= 8) {
                expression.append(address >>> shift & 0xff).append(shift == 0 ? "" : ".");
            }
        }
        return expression.toString();
    }

    private static int address(int host) {
        return 10 << 24 | host / 62_500 << 16 | host / 250 % 250 << 8 | host % 250 + 1;
    }

    private byte[] packet() {
        ByteBuffer packet = ByteBuffer.allocate(78);
        headers(packet);
        return packet.array();
    }

    /** Gives a packet of at least 64 octets its headers, in place of what it began with. */
    void overwrite(ByteBuffer packet) {
        for (int at = 0; at < HEADERS; at += Long.BYTES) {
            packet.putLong(at, 0);
        }
        headers(packet);
    }

    private void headers(ByteBuffer packet) {
        int kind = random.nextInt(100);
        if (kind < 3) {
            packet.putShort(12, (short) 0x806).putLong(14, 0x0001_0800_0604_0001L);
            packet.putInt(28, host()).putInt(38, host());
        } else if (kind < 8) {
            packet.putShort(12, (short) 0x86dd).put(14, (byte) 0x60).put(20, (byte) 6);
            ports(packet, 54);
        } else {
            ipv4(packet);
        }
    }

    private void ipv4(ByteBuffer packet) {
        int protocol = random.nextInt(100);
        int words = random.nextInt(20) == 0 ? 6 : 5;
        packet.putShort(12, (short) 0x800).put(14, (byte) (0x40 + words));
        packet.putShort(20, (short) (random.nextInt(100) == 0 ? 185 : 0));
        packet.put(23, (byte) (protocol < 80 ? 6 : protocol < 95 ? 17 : 1));
        packet.putInt(26, host()).putInt(30, host());
        ports(packet, 14 + 4 * words);
    }

    private void ports(ByteBuffer packet, int at) {
        int service = services[random.nextInt(services.length)];
        int client = 1_024 + random.nextInt(60_000);
        boolean toService = random.nextBoolean();
        packet.putShort(at, (short) (toService ? client : service));
        packet.putShort(at + 2, (short) (toService ? service : client));
    }

    private int host() {
        return address(random.nextInt(hosts));
    }
}
