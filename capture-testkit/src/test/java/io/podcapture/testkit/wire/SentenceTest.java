package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.PacketKind.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "cart calls db every 10 ms, the third SYN is lost, DNS answers NXDOMAIN twice", as a user of the package writes it. */
class SentenceTest {
    @Test
    void script_isReadAsASentence_andComparedWithACapture() throws Exception {
        Wire wire = Wire.seeded(42)
                .node("a")
                .node("b", Duration.ofMillis(3))
                .host("cart", host -> host.on("a").address("10.0.1.7"))
                .host("db", host -> host.on("b").address("10.0.2.9"))
                .host("dns", host -> host.on("b").address("10.0.2.53").nameServer())
                .build();
        wire.every(Duration.ofMillis(10))
                .times(5)
                .tcp(
                        "cart",
                        "db",
                        5432,
                        call -> call.request(100)
                                .answer(2000)
                                .after(Duration.ofMillis(2))
                                .lose(SYN, 3));
        wire.every(Duration.ofMillis(10))
                .times(3)
                .dns(
                        "cart",
                        "db.shop.svc.cluster.local",
                        lookup -> lookup.nxdomain().times(2).address("10.0.2.9"));

        WireInterface eth0 = wire.interfaceOf("cart", "eth0");
        List<WirePacket> captured = new ArrayList<>();
        WireCapture capture = eth0.capture().filter("tcp port 5432").snaplen(96).start();
        capture.readBy(Long.MAX_VALUE, captured::add);
        wire.run();

        assertThat(captured).isEqualTo(eth0.captured("tcp port 5432", 96));
        assertThat(eth0.captured("tcp[tcpflags] & (tcp-syn | tcp-ack) == tcp-syn", 96))
                .hasSize(6);
        assertThat(eth0.captured("src port 53 and udp[11] & 15 = 3", 96)).hasSize(2);
        assertThat(wire.lost()).hasSize(1);
        assertThat(capture.received()).isEqualTo(capture.captured()).isEqualTo(captured.size());
    }
}
