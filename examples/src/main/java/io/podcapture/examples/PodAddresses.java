package io.podcapture.examples;

import io.podcapture.CapturePoint;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whose address of IPv4 or IPv6 it is, for packets of Ethernet and of the interface any. */
final class PodAddresses {
    /** Octets in front of the packet of IP. A capture of any has SLL where libpcap is older, else SLL2. */
    private static final Map<LinkType, Integer> HEADERS =
            Map.of(LinkType.ETHERNET, 14, LinkType.LINUX_SLL, 16, LinkType.LINUX_SLL2, 20);

    private final Map<InetAddress, String> names = new HashMap<>();

    PodAddresses(List<CapturePoint> points) {
        points.stream()
                .filter(point -> !point.attributes().containsKey("hostNetwork"))
                .forEach(point -> addresses(point).forEach(address -> names.putIfAbsent(address, point.name())));
    }

    /** Tells whether packets of a link type have addresses that are found. */
    static boolean areIn(LinkType linkType) {
        return HEADERS.containsKey(linkType);
    }

    private static Stream<InetAddress> addresses(CapturePoint point) {
        // What is no literal would be looked up.
        return Stream.of(point.attributes().getOrDefault("ip", "").split(","))
                .map(String::strip)
                .filter(address -> address.matches("[0-9.]+|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*"))
                .map(PodAddresses::address);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
    }

    /** Returns the pod that sent the packet of IP, or its address where that is of none. */
    String sender(PacketView packet) {
        return isIpv6(packet) ? name(packet, 8, 16) : name(packet, 12, 4);
    }

    /** Returns the pod that the packet of IP is for, or its address where that is of none. */
    String receiver(PacketView packet) {
        return isIpv6(packet) ? name(packet, 24, 16) : name(packet, 16, 4);
    }

    private static boolean isIpv6(PacketView packet) {
        return packet.data().get(begin(packet)) >>> 4 == 6;
    }

    private static int begin(PacketView packet) {
        return packet.data().position() + HEADERS.getOrDefault(packet.linkType(), 0);
    }

    private String name(PacketView packet, int field, int length) {
        ByteBuffer octets = packet.data();
        byte[] raw = new byte[length];
        octets.get(begin(packet) + field, raw);
        try {
            InetAddress address = InetAddress.getByAddress(raw);
            return names.getOrDefault(address, text(address));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 octets", e);
        }
    }

    /** Returns an address as people write it: RFC 5952, section 4.2, the longest run of zeros left out. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        for (int run = 8; run > 1; run--) {
            String shorter = text.replaceFirst("(^|:)0(:0){" + (run - 1) + "}(:|$)", "::");
            if (!shorter.equals(text)) {
                return shorter;
            }
        }
        return text;
    }
}
