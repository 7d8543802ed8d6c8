package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

/** Puts what Ethernet carries behind headers of other kinds, of which the corpus has few packets or none. */
final class Rewriting {
    private static final HexFormat HEX = HexFormat.of();
    private final Random random = new Random(1);

    /** Adds to the set what the packets of Ethernet become. */
    void add(PacketSet ethernet, PacketSet set) {
        for (PacketSet.Entry packet : ethernet.packets()) {
            byte[] octets = packet.octets();
            if (octets.length < 14) {
                continue;
            }
            int type = (octets[12] & 0xff) << 8 | octets[13] & 0xff;
            byte[] header = header(set.linkType, set.byteOrder, octets, type);
            if (header != null) {
                byte[] rewritten = ByteBuffer.allocate(header.length + octets.length - 14)
                        .put(header)
                        .put(octets, 14, octets.length - 14)
                        .array();
                set.add(rewritten, packet.originalLength() - 14 + header.length);
            }
        }
    }

    private byte[] header(LinkType linkType, ByteOrder byteOrder, byte[] ethernet, int type) {
        String typeText = HEX.toHexDigits((short) type);
        boolean ip = type == 0x0800 || type == 0x86dd;
        String addresses = HEX.formatHex(ethernet, 0, 12);
        String packetType = "000" + random.nextInt(5);
        return switch (linkType.number()) {
            case 1 -> HEX.parseHex(addresses + tunnel(typeText, ip, type));
            case 101 -> ip ? new byte[0] : null;
            case 228 -> type == 0x0800 ? new byte[0] : null;
            case 229 -> type == 0x86dd ? new byte[0] : null;
            case 113 ->
                HEX.parseHex(packetType + "00010006" + addresses.substring(0, 12) + "0000"
                        + (type <= 1500 ? "0004" : typeText));
            case 276 ->
                HEX.parseHex((type <= 1500 ? "0004" : typeText) + "0000" + "0000000" + random.nextInt(4) + "0001"
                        + packetType.substring(2) + "06" + addresses.substring(0, 12) + "0000");
            case 0 -> ip ? family(type, byteOrder) : null;
            case 108 -> ip ? family(type, ByteOrder.BIG_ENDIAN) : null;
            case 9 -> ip ? HEX.parseHex("ff03" + (type == 0x0800 ? "0021" : "0057")) : null;
            case 104 -> HEX.parseHex("0f00" + typeText);
            default -> null;
        };
    }

    private byte[] family(int type, ByteOrder byteOrder) {
        int[] ip6 = {24, 28, 30};
        int family = type == 0x0800 ? 2 : ip6[random.nextInt(3)];
        return ByteBuffer.allocate(4).order(byteOrder).putInt(family).array();
    }

    private String tunnel(String type, boolean ip, int number) {
        return switch (random.nextInt(6)) {
            case 0 -> "81000064" + type;
            case 1 -> "88a800c8" + "81000064" + type;
            case 2 -> "9100" + "0" + HEX.toHexDigits((byte) random.nextInt(256)) + "7" + type;
            case 3 -> ip ? "8864110000" + "1b" + "0040" + (number == 0x0800 ? "0021" : "0057") : type;
            case 4 -> ip ? "8847" + "00064140" : type;
            default -> ip ? "8847" + "00064040" + "000c8140" : type;
        };
    }
}
