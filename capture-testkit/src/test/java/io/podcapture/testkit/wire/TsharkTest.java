package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.PacketKind.ANSWER;
import static io.podcapture.testkit.wire.PacketKind.REQUEST;
import static io.podcapture.testkit.wire.PacketKind.SYN;
import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

    @TempDir
    Path directory;

    @BeforeEach
    void needsTshark() {
        assumeThat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "tshark"))))
                .as("tshark is installed")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_isWellFormedWithRightChecksums(boolean ipv6) throws Exception {
        Wire wire = Scripts.everything(42, ipv6).run();
        for (String on : List.of("eth0", "any")) {
            assertThat(shown(wire, "cart", on, BAD)).isEmpty();
            assertThat(shown(wire, "db", on, BAD)).isEmpty();
            assertThat(shown(wire, "cart", on, "tcp.checksum.status == 1")).hasSizeGreaterThan(100);
            assertThat(shown(wire, "cart", on, "udp.checksum.status == 1")).hasSizeGreaterThan(9);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_isResentAndResetAsTheScriptSays(boolean ipv6) throws Exception {
        Wire wire = Scripts.everything(42, ipv6).run();
        assertThat(shown(wire, "cart", "eth0", RESENT + " && tcp.flags.syn == 1"))
                .hasSize(1);
        assertThat(shown(wire, "db", "eth0", RESENT + " && tcp.len > 0")).hasSize(1);
        assertThat(shown(wire, "cart", "eth0", RESENT)).hasSize(2);
        assertThat(shown(wire, "cart", "eth0", "tcp.analysis.lost_segment")).hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "tcp.flags.reset == 1")).hasSize(2);
        String mentioned = RESENT + " || tcp.analysis.lost_segment || tcp.analysis.duplicate_ack || tcp.connection.rst";
        assertThat(shown(wire, "cart", "eth0", REMARKABLE + " && !(" + mentioned + ")"))
                .isEmpty();
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
        for (String host : List.of("cart", "db")) {
            assertThat(shown(wire, host, "any", REMARKABLE)).isEmpty();
        }
        assertThat(shown(wire, "cart", "lo", "tcp.len > 0")).hasSizeGreaterThan(5);
        assertThat(shown(wire, "cart", "lo", REMARKABLE + " || " + BAD)).isEmpty();
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
        assertThat(shown(wire, "cart", "eth0", RESENT + " && ip.src == 10.0.1.7"))
                .hasSize(3);
        assertThat(shown(wire, "db", "eth0", RESENT + " && ip.src == 10.0.2.9")).hasSize(2);
        assertThat(shown(wire, "db", "eth0", "tcp.flags.reset == 1 || tcp.analysis.spurious_retransmission"))
                .isEmpty();
    }

    @Test
    void answers_areWhatTheScriptSays() throws Exception {
        Wire wire = Scripts.everything(42, false).run();
        assertThat(shown(wire, "cart", "eth0", "dns.flags.rcode == 3")).hasSize(2);
        assertThat(shown(wire, "cart", "eth0", "dns.a == 10.0.2.9")).hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "http.request.method == GET && http.host == \"db\""))
                .hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "http.response.code == 200 && http.content_length == 3000"))
                .hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "http.response.code == 503")).hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "icmp.type == 3 && icmp.code == 3"))
                .hasSize(1);
        assertThat(shown(wire, "cart", "eth0", "icmp.resp_to")).hasSize(1);
    }

    private List<String> shown(Wire wire, String host, String on, String filter) throws Exception {
        Path file = directory.resolve(host + "-" + on + ".pcap");
        wire.interfaceOf(host, on).writePcap(file);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-Y", filter));
        for (String protocol : Arrays.asList("tcp", "udp", "ip")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(shown).isZero();
        return shown.lines().toList();
    }
}
