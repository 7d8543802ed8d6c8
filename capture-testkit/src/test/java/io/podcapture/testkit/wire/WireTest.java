package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
    private final Wire wire = Scripts.shop(3);

    @Test
    void clock_ofANodeAhead_stampsItsPackets() {
        wire.at(millis(10)).ping("cart", "db", ping -> {});
        wire.run();
        WirePacket sent = packets("cart", "eth0", 4).get(2);
        WirePacket received = packets("db", "eth0", 4).get(2);
        assertThat(sent.data()).isEqualTo(received.data());
        assertThat(received.timestampNanos() - sent.timestampNanos())
                .as("a delay of 100 us, and a clock 3 ms ahead")
                .isEqualTo(3_100_000);
        assertThat(packets("cart", "eth0", 4).get(0).timestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:00.010Z"));
        assertThat(Duration.between(wire.clockOf("cart"), wire.clockOf("db"))).isEqualTo(millis(3));
    }

    @Test
    void packet_thatIsLost_isSeenByItsSenderOnly() {
        wire.at(millis(0)).udp("cart", "db", 7, call -> call.request(100).lose(PacketKind.REQUEST, 1));
        wire.run();
        assertThat(packets("cart", "eth0", 3).get(2).capturedLength()).isEqualTo(142);
        packets("db", "eth0", 2);
        assertThat(wire.lost()).containsExactly(packets("cart", "eth0", 3).get(2));
    }

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
        wire.advanceTo(millis(2_900));
        assertThat(wire.interfaceOf("cart", "eth0").captured("arp", 64))
                .hasSize(3)
                .extracting(packet -> packet.timestamp().getEpochSecond() % 60)
                .containsExactly(0L, 1L, 2L);
        assertThat(wire.interfaceOf("cart", "eth0").captured("icmp6[0] == 135", 64))
                .hasSize(3);
        packets("cart", "eth0", 6);
    }

    @Test
    void arp_ofALine_asksAlsoForWhatIsKnown() throws Exception {
        wire.every(millis(1)).times(2).arp("cart", "10.0.2.9");
        wire.at(millis(1)).arp("cart", "10.0.1.99");
        wire.run();
        assertThat(wire.interfaceOf("cart", "eth0").captured("arp", 64)).hasSize(5);
    }

    @Test
    void lookup_answersInTurn_andStaysWithTheLast() {
        wire.every(millis(10))
                .times(4)
                .dns("cart", "db.shop.", lookup -> lookup.nxdomain().times(2).address("10.0.2.9"));
        wire.run();
        assertThat(codes(wire)).containsExactly(3, 3, 0, 0);
    }

    @Test
    void lookup_withoutAnswer_isTriedOnceMoreByTheSameNumberFromAnotherPort() {
        wire.at(millis(0)).dns("cart", "db.shop", lookup -> lookup.silence().serverFailure());
        wire.run();
        List<WirePacket> seen = packets("cart", "eth0", 5);
        WirePacket first = seen.get(2);
        WirePacket second = seen.get(3);
        assertThat(second.timestampNanos() - first.timestampNanos()).isBetween(4_999_000_000L, 5_000_000_000L);
        assertThat(second.data().getShort(42)).isEqualTo(first.data().getShort(42));
        assertThat(second.data().getShort(34)).isNotEqualTo(first.data().getShort(34));
        assertThat(codes(wire)).containsExactly(2);
    }

    @Test
    void http_answerCut_endsBeforeItsLength() throws Exception {
        wire.at(millis(0))
                .http("cart", "db", 80, call -> call.get("/").body(5000).bodyCutAfter(5));
        wire.run();
        String answer = wire.interfaceOf("cart", "eth0").captured("src port 80", 9000).stream()
                .map(packet -> StandardCharsets.ISO_8859_1.decode(packet.data()).toString())
                .filter(text -> text.contains("HTTP/1.1"))
                .findFirst()
                .orElseThrow();
        assertThat(answer)
                .contains("HTTP/1.1 200 OK\r\n", "Content-Length: 5000\r\n")
                .endsWith("\r\n\r\nabcde");
    }

    @Test
    void packet_toOneself_isSeenTwiceOnLoAndCapturedOnce() throws Exception {
        wire.at(millis(0)).udp("cart", "127.0.0.1", 9, call -> call.request(600));
        wire.run();
        assertThat(packets("cart", "lo", 2)).extracting(WirePacket::sent).containsExactly(true, false);
        packets("cart", "any", 2);
        packets("cart", "eth0", 0);
        assertThat(wire.interfaceOf("cart", "lo").captured("udp", 100))
                .singleElement()
                .returns(false, WirePacket::sent)
                .returns(100, WirePacket::capturedLength)
                .returns(642, WirePacket::originalLength);
        assertThat(wire.interfaceOf("cart", "any").captured("udp port 9", 9000))
                .singleElement()
                .returns(648, WirePacket::originalLength);
    }

    @Test
    void line_withoutEnd_canBeAdvancedButNotRun() {
        wire.every(millis(10)).ping("cart", "db", ping -> {});
        assertThatThrownBy(wire::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("without end");
        wire.advanceTo(millis(95));
        packets("cart", "eth0", 22);
    }

    @Test
    void line_addedWhileTheWireGoesOn_happens() {
        wire.advanceTo(millis(50));
        wire.at(millis(60)).ping("cart", "db", ping -> {});
        wire.advanceTo(millis(59));
        packets("cart", "eth0", 0);
        wire.advanceTo(millis(61));
        packets("cart", "eth0", 4);
        assertThatThrownBy(() -> wire.advanceTo(millis(60))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wire.at(millis(60))).isInstanceOf(IllegalArgumentException.class);
    }

    private List<WirePacket> packets(String host, String on, int number) {
        List<WirePacket> packets = wire.interfaceOf(host, on).packets();
        assertThat(packets).hasSize(number);
        return packets;
    }

    /** {@return the codes of DNS answers from IPv4 without options} */
    private static List<Integer> codes(Wire wire) {
        return wire.interfaceOf("cart", "eth0").packets().stream()
                .filter(packet ->
                        packet.data().getShort(12) == 0x0800 && packet.data().getShort(34) == 53)
                .map(packet -> packet.data().get(45) & 0xf)
                .toList();
    }
}
