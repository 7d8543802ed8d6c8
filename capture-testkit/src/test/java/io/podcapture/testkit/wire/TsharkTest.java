package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.PacketKind.ANSWER;
import static io.podcapture.testkit.wire.PacketKind.REQUEST;
import static io.podcapture.testkit.wire.PacketKind.SYN;
import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tshark says of the wire's packets. Skipped where it is not installed. */
class TsharkTest {
    private static final String BAD = "_ws.malformed || ip.checksum.status != 1 || tcp.checksum.status != 1"
            + " || icmp.checksum.status != 1 || icmpv6.checksum.status != 1"
            // An ICMP error quotes a part of a datagram, over which there is no sum.
            + " || udp.checksum.status == 0 || udp.checksum.status != 1 && !icmp && !icmpv6";
    private static final String RESENT = "tcp.analysis.retransmission";

    /** All that is worth a warning or a note, but that connections are closed. */
    private static final String REMARKABLE =
            "_ws.expert.severity >= \"Note\"" + " && !tcp.connection.fin_active && !tcp.connection.fin_passive";

    private static final String NOT_OF_LOSS_OR_RESET = REMARKABLE + " && !" + RESENT
            + " && !tcp.analysis.lost_segment && !tcp.analysis.duplicate_ack && !tcp.connection.rst";

    @TempDir
    Path directory;

    @BeforeEach
    void needsTshark() {
        assumeThat(Tshark.isInstalled()).as("tshark is installed").isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_isWellFormedWithRightChecksums(boolean ipv6) throws Exception {
        Wire wire = Scripts.everything(42, ipv6).run();
        for (String host : List.of("cart", "db")) {
            for (String on : List.of("eth0", "any")) {
                List<Integer> counts =
                        count(wire, host, on, BAD, "tcp.checksum.status == 1", "udp.checksum.status == 1");
                assertThat(counts.get(0)).isZero();
                assertThat(counts.get(1)).isGreaterThan(100);
                assertThat(counts.get(2)).isGreaterThanOrEqualTo(5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_isResentAndResetAsTheScriptSays(boolean ipv6) throws Exception {
        Wire wire = Scripts.everything(42, ipv6).run();
        assertThat(count(
                        wire,
                        "cart",
                        "eth0",
                        RESENT,
                        RESENT + " && tcp.flags.syn == 1",
                        "tcp.analysis.lost_segment",
                        "tcp.flags.reset == 1",
                        NOT_OF_LOSS_OR_RESET))
                .containsExactly(2, 1, 1, 2, 0);
        assertThat(count(wire, "db", "eth0", RESENT, "tcp.analysis.lost_segment", "tcp.flags.reset == 1"))
                .containsExactly(1, 0, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void calls_withoutLoss_haveNothingRemarkable(boolean ipv6) throws Exception {
        Wire wire = Scripts.shop(7);
        wire.every(millis(3)).times(20).tcp("cart", "db", 5432, call -> {
            call.request(3000).answer(200_000).after(millis(1)).request(10).answer(10);
            if (ipv6) {
                call.overIpv6();
            }
        });
        wire.at(millis(1)).tcp("cart", "cart", 80, call -> call.request(10).answer(300_000));
        wire.run();
        assertThat(count(wire, "cart", "any", REMARKABLE)).containsExactly(0);
        assertThat(count(wire, "db", "any", REMARKABLE)).containsExactly(0);
        List<Integer> toItself = count(wire, "cart", "lo", REMARKABLE + " || " + BAD, "tcp.len > 0");
        assertThat(toItself.get(0)).isZero();
        assertThat(toItself.get(1)).isGreaterThan(5);
    }

    @Test
    void losses_ofRequestsAndAnswers_areEachOneRetransmission() throws Exception {
        Wire wire = Scripts.shop(9);
        wire.every(millis(700))
                .times(6)
                .tcp(
                        "cart",
                        "db",
                        5432,
                        call -> call.request(4000)
                                .answer(40_000)
                                .lose(SYN, 2)
                                .lose(REQUEST, 2)
                                .lose(REQUEST, 9)
                                .lose(ANSWER, 30)
                                .lose(ANSWER, 100));
        wire.run();
        assertThat(wire.lost()).hasSize(5);
        assertThat(count(wire, "cart", "eth0", RESENT + " && ip.src == 10.0.1.7"))
                .containsExactly(3);
        assertThat(count(
                        wire,
                        "db",
                        "eth0",
                        RESENT + " && ip.src == 10.0.2.9",
                        "tcp.flags.reset == 1 || tcp.analysis.spurious_retransmission"))
                .containsExactly(2, 0);
    }

    @Test
    void answers_areWhatTheScriptSays() throws Exception {
        assertThat(count(
                        Scripts.everything(42, false).run(),
                        "cart",
                        "eth0",
                        "dns.flags.rcode == 3",
                        "dns.a == 10.0.2.9",
                        "http.request.method == GET && http.host == db",
                        "http.response.code == 200 && http.content_length == 3000",
                        "http.response.code == 503",
                        "icmp.type == 3 && icmp.code == 3",
                        "icmp.resp_to"))
                .containsExactly(2, 1, 1, 1, 1, 1, 1);
    }

    private List<Integer> count(Wire wire, String host, String on, String... filters) throws Exception {
        return new Tshark(directory).count(wire.interfaceOf(host, on), filters);
    }
}
