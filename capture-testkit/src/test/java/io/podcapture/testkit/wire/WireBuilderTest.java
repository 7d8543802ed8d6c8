package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WireBuilderTest {
    @Test
    void start_ofTheWire_isThatOfItsClocks() {
        Wire wire = Wire.seeded(1)
                .startingAt(Instant.ofEpochSecond(5))
                .host("cart", host -> host.address("10.0.0.1"))
                .build();
        wire.advanceTo(millis(1));
        assertThat(wire.clockOf("cart")).isEqualTo(Instant.ofEpochSecond(5, 1_000_000));
        assertThat(wire.now()).isEqualTo(millis(1));
    }

    @Test
    void host_thatCannotBe_isRefused() {
        WireBuilder builder = Wire.seeded(1).node("a").host("cart", host -> host.address("10.0.0.1"));
        assertThatThrownBy(() -> builder.node("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.host("cart", host -> host.address("10.0.0.2")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.host("db", host -> {})).hasMessageContaining("no address");
        assertThatThrownBy(() -> builder.host("db", host -> host.address("10.0.0.1")))
                .hasMessageContaining("10.0.0.1");
        assertThatThrownBy(() -> builder.host("db", host -> host.address("db.shop")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.host("db", host -> host.on("b").address("10.0.0.2")))
                .hasMessageContaining("b");
        assertThatThrownBy(() -> builder.delay(millis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void line_thatCannotBe_isRefusedWhenItIsWritten() {
        Wire wire = Wire.seeded(1)
                .host("cart", host -> host.address("10.0.0.1", "fd00::1"))
                .host("db", host -> host.address("10.0.0.2"))
                .build();
        Schedule once = wire.at(millis(0));
        assertThatThrownBy(() -> once.tcp("cart", "web", 80, call -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("web")
                .hasMessageContaining("[cart, db]");
        assertThatThrownBy(() -> once.tcp("cart", "db", 0, call -> {})).hasMessageContaining("port 0");
        assertThatThrownBy(() -> once.tcp("cart", "db", 80, TcpExchange::overIpv6))
                .hasMessageContaining("IPv6");
        assertThatThrownBy(() -> once.udp("cart", "db", 80, call -> call.request(1473)))
                .hasMessageContaining("1472");
        assertThatThrownBy(() -> once.udp("cart", "db", 80, call -> call.answer(1)))
                .hasMessageContaining("needs a request");
        assertThatThrownBy(() -> once.dns("cart", "db", DnsLookup::nxdomain))
                .hasMessageContaining("no host of the wire is a name server");
        assertThatThrownBy(
                        () -> once.tcp("cart", "db", 80, call -> call.leftOpen().resetByClient()))
                .hasMessageContaining("STAYS_OPEN");
        assertThatThrownBy(() -> wire.every(millis(0))).isInstanceOf(IllegalArgumentException.class);
    }
}
