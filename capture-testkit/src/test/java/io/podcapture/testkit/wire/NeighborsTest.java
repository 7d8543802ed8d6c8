package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeighborsTest {
    private final Wire wire = Scripts.shop(3);

    @Test
    void neighbor_ofIpv4_isAskedForOnceBeforeTheFirstPacket() throws Exception {
        wire.every(millis(1)).times(3).ping("cart", "db", ping -> {});
        wire.run();
        assertThat(wire.interfaceOf("cart", "eth0").captured("arp", 64)).hasSize(2);
        assertThat(wire.interfaceOf("dns", "eth0").captured("", 64))
                .as("a request goes to all")
                .hasSize(1);
        assertThat(packets("cart", "eth0", 8).get(0).data().getShort(12)).isEqualTo((short) 0x0806);
    }

    @Test
    void neighbor_ofIpv6_isAskedForByNeighborDiscovery() throws Exception {
        wire.at(millis(1)).ping("cart", "db", Ping::overIpv6);
        wire.run();
        List<WirePacket> seen = packets("cart", "eth0", 4);
        assertThat(seen.stream().map(packet -> packet.data().get(54) & 0xff)).containsExactly(135, 136, 128, 129);
    }

    @Test
    void neighbor_whoIsNotThere_isAskedForThreeTimes() throws Exception {
        wire.at(millis(0)).tcp("cart", "10.0.1.99", 80, call -> {});
        wire.at(millis(0)).ping("cart", "fd00::99", ping -> {});
        wire.run();
        assertThat(wire.interfaceOf("cart", "eth0").captured("arp", 64))
                .hasSize(3)
                .extracting(packet -> packet.timestamp().getEpochSecond() % 60)
                .containsExactly(0L, 1L, 2L);
        assertThat(wire.interfaceOf("cart", "eth0").captured("icmp6[0] == 135", 64))
                .hasSize(3);
        packets("cart", "eth0", 6);
        assertThat(wire.now()).as("the connect fails with the last request").isEqualTo(millis(3000));
    }

    @Test
    void arp_ofALine_asksAlsoForWhatIsKnown() throws Exception {
        wire.every(millis(1)).times(2).arp("cart", "10.0.2.9");
        wire.at(millis(1)).arp("cart", "10.0.1.99");
        wire.run();
        assertThat(wire.interfaceOf("cart", "eth0").captured("arp", 64)).hasSize(5);
    }

    private List<WirePacket> packets(String host, String on, int number) {
        List<WirePacket> packets = wire.interfaceOf(host, on).packets();
        assertThat(packets).hasSize(number);
        return packets;
    }
}
