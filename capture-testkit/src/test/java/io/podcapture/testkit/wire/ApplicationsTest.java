package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationsTest {
    private final Wire wire = Scripts.shop(3);

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
    void lookup_neverAnswered_isGivenUp() throws Exception {
        wire.at(millis(0)).dns("cart", "db.shop", DnsLookup::silence);
        wire.run();
        assertThat(wire.interfaceOf("cart", "eth0").captured("udp port 53", 64)).hasSize(2);
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
    void lookup_thatCannotBe_isRefused() {
        Schedule once = wire.at(millis(0));
        assertThatThrownBy(() -> once.dns("cart", "db.shop", lookup -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> once.dns("cart", "db..shop", DnsLookup::nxdomain))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> once.dns("cart", "db.shop", lookup -> lookup.address("fd00::1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fd00");
    }

    @Test
    void http_host_hasThePortThatIsNotItsOwn() {
        assertThat(hosts("db", 80)).containsExactly("Host: db");
        assertThat(hosts("fd00::2:9", 8080)).containsExactly("Host: db", "Host: [fd00::2:9]:8080");
    }

    private List<String> hosts(String server, int port) {
        wire.at(wire.now()).http("cart", server, port, call -> call.get("/"));
        return wire.run().interfaceOf("db", "eth0").packets().stream()
                .flatMap(packet -> StandardCharsets.ISO_8859_1
                        .decode(packet.data())
                        .toString()
                        .lines())
                .filter(line -> line.startsWith("Host: "))
                .toList();
    }

    @Test
    void http_thatCannotBe_isRefused() {
        Schedule once = wire.at(millis(0));
        assertThatThrownBy(() -> once.http("cart", "db", 80, call -> call.get("pay")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> once.http(
                        "cart", "db", 80, call -> call.get("/").status(204).body(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> once.http(
                        "cart", "db", 80, call -> call.get("/").body(1).body(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("body is already set to 1");
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
