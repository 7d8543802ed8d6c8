package io.podcapture.examples;

import io.podcapture.CapturePoint;
import io.podcapture.PointResult;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketView;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whose address of IPv4 it is, for packets of Ethernet and of the interface any. */
final class PodAddresses {
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private final Map<String, String> names = new HashMap<>();

    PodAddresses(List<PointResult> points) {
        points.stream()
                .map(PointResult::point)
                .filter(point -> !point.attributes().containsKey("hostNetwork"))
                .forEach(point -> addresses(point).forEach(address -> names.putIfAbsent(address, point.name())));
    }

    private static Stream<String> addresses(CapturePoint point) {
        return Stream.of(point.attributes().getOrDefault("ip", "").split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty());
    }

    /** Returns the pod that sent the packet, or its address where that is of none. */
    String sender(PacketView packet) {
        return name(packet, SOURCE);
    }

    /** Returns the pod that the packet is for, or its address where that is of none. */
    String receiver(PacketView packet) {
        return name(packet, DESTINATION);
    }

    private String name(PacketView packet, int field) {
        ByteBuffer octets = packet.data();
        int header = packet.linkType().equals(LinkType.ETHERNET) ? 14 : 20;
        int at = octets.position() + header + field;
        String address = (octets.get(at) & 0xff) + "." + (octets.get(at + 1) & 0xff) + "." + (octets.get(at + 2) & 0xff)
                + "." + (octets.get(at + 3) & 0xff);
        return names.getOrDefault(address, address);
    }
}
