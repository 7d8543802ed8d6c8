package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePoint;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.testkit.wire.PacketKind;
import io.podcapture.testkit.wire.Wire;
import io.podcapture.testkit.wire.WireInterface;
import io.podcapture.testkit.wire.WirePacket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What packets tell of a failure, over both families of IP and on each link type that tcpdump gives. */
class PacketSignsTest {
    private static final String FRONT = "10.244.0.2,fd00:10:244::2";
    private static final String CART = "10.244.0.3,fd00:10:244::3";
    private static final String DNS = "10.244.0.4,fd00:10:244::4";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "ETHERNET, false, 10.244.0.4",
        "ETHERNET, true, fd00:10:244::4",
        "LINUX_SLL, false, 10.244.0.4",
        "LINUX_SLL, true, fd00:10:244::4",
        "LINUX_SLL2, false, 10.244.0.4",
        "LINUX_SLL2, true, fd00:10:244::4"
    })
    void signs_ofAFailure_areToldWithTheirPods(String linkType, boolean ipv6, String nameServer) throws Exception {
        Wire wire = failure(ipv6);
        Map<String, String> pods = Map.of("front", FRONT, "cart", CART);
        PacketSigns signs = new PacketSigns(
                pods.entrySet().stream()
                        .map(pod -> CapturePoint.builder(pod.getKey(), pod.getKey())
                                .attribute("ip", pod.getValue())
                                .build())
                        .toList(),
                pods.keySet());
        for (String pod : pods.keySet()) {
            try (PacketCursor packets = PacketCursor.open(seen(wire, pod, linkType))) {
                while (packets.next()) {
                    signs.look(packets, pod);
                }
            }
        }
        Set<String> told = new HashSet<>();
        signs.lines().stream()
                .skip(1)
                .map(line -> line.replaceAll(" {3}.*", ""))
                .forEach(told::add);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        nameServer + " to front: 1 DNS answer NXDOMAIN",
                        "front to cart: 4 SYN, 3 of them seen at cart",
                        "cart to front: 1 HTTP answer 5xx",
                        "cart to front: 1 RST");
    }

    /** A name that is not there, a SYN that gets lost, a server that has an error, and one that resets. */
    private static Wire failure(boolean ipv6) {
        Wire wire = Wire.seeded(1)
                .host("front", host -> host.address(FRONT.split(",")))
                .host("cart", host -> host.address(CART.split(",")))
                .host("dns", host -> host.address(DNS.split(",")).nameServer())
                .build();
        wire.at(Duration.ZERO).dns("front", "crat.shop.svc", lookup -> {
            lookup.nxdomain();
            if (ipv6) {
                lookup.overIpv6();
            }
        });
        wire.at(Duration.ofMillis(10)).http("front", "cart", 8080, call -> {
            call.get("/").status(503).lose(PacketKind.SYN, 1);
            if (ipv6) {
                call.overIpv6();
            }
        });
        wire.at(Duration.ofMillis(20)).http("front", "cart", 8080, call -> {
            call.get("/").status(200);
            if (ipv6) {
                call.overIpv6();
            }
        });
        wire.at(Duration.ofMillis(30)).tcp("front", "cart", 5432, call -> {
            call.request(10).resetByServer();
            if (ipv6) {
                call.overIpv6();
            }
        });
        return wire.run();
    }

    private Path seen(Wire wire, String pod, String linkType) throws Exception {
        Path file = directory.resolve(pod + ".pcap");
        WireInterface from = wire.interfaceOf(pod, linkType.equals("LINUX_SLL2") ? "any" : "eth0");
        LinkType written = linkType.equals("LINUX_SLL") ? LinkType.LINUX_SLL : from.linkType();
        try (PcapWriter writer = PcapWriter.builder(written).open(file)) {
            for (WirePacket packet : from.packets()) {
                ByteBuffer octets = written.equals(LinkType.LINUX_SLL) ? cooked(packet) : packet.data();
                writer.write(packet.timestampNanos(), octets, octets.remaining());
            }
        }
        return file;
    }

    /** Returns a frame as an older libpcap has it on any: LINKTYPE_LINUX_SLL. */
    private static ByteBuffer cooked(WirePacket packet) {
        ByteBuffer frame = packet.data();
        ByteBuffer cooked = ByteBuffer.allocate(frame.remaining() + 2);
        cooked.putShort((short) (packet.sent() ? 4 : 0)).putShort((short) 1).putShort((short) 6);
        cooked.put(frame.slice(6, 6)).putShort((short) 0);
        return cooked.put(frame.slice(12, frame.remaining() - 12)).flip();
    }
}
