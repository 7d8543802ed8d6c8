package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    @Test
    void next_leadsFromOneMomentToAnother() {
        assertThat(wire.next()).isEmpty();
        wire.at(millis(5)).tcp("cart", "db", 80, call -> call.request(1).answer(1));
        assertThat(wire.next()).hasValue(millis(5));
        for (Optional<Duration> next = wire.next(); next.isPresent(); next = wire.next()) {
            wire.advanceTo(next.get());
        }
        packets("cart", "eth0", 12);
        assertThat(wire.now())
                .as("the timers of what was acknowledged do not count")
                .isLessThan(millis(1100));
    }

    @Test
    void any_tellsDirectionsAndInterfaces() throws Exception {
        wire.at(millis(0)).ping("cart", "db", ping -> {});
        wire.at(millis(1)).ping("cart", "127.0.0.1", ping -> {});
        wire.run();
        WireInterface any = wire.interfaceOf("cart", "any");
        assertThat(any.captured("outbound", 64)).hasSize(2).allMatch(WirePacket::sent);
        assertThat(any.captured("inbound", 64)).hasSize(4).noneMatch(WirePacket::sent);
        assertThat(any.captured("ifindex 1", 64))
                .hasSize(2)
                .allMatch(packet -> packet.interfaceName().equals("lo"));
        assertThat(wire.interfaceOf("db", "any").captured("link[10] = 1", 64)).hasSize(1);
    }

    private List<WirePacket> packets(String host, String on, int number) {
        List<WirePacket> packets = wire.interfaceOf(host, on).packets();
        assertThat(packets).hasSize(number);
        return packets;
    }
}
