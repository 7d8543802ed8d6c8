package io.podcapture.pcap.filter;

import static io.podcapture.pcap.filter.FilterExpression.allOf;
import static io.podcapture.pcap.filter.FilterExpression.anyOf;
import static io.podcapture.pcap.filter.FilterExpression.arp;
import static io.podcapture.pcap.filter.FilterExpression.dstHost;
import static io.podcapture.pcap.filter.FilterExpression.dstNet;
import static io.podcapture.pcap.filter.FilterExpression.dstPort;
import static io.podcapture.pcap.filter.FilterExpression.host;
import static io.podcapture.pcap.filter.FilterExpression.icmp;
import static io.podcapture.pcap.filter.FilterExpression.ip4;
import static io.podcapture.pcap.filter.FilterExpression.ip6;
import static io.podcapture.pcap.filter.FilterExpression.lengthAtLeast;
import static io.podcapture.pcap.filter.FilterExpression.lengthAtMost;
import static io.podcapture.pcap.filter.FilterExpression.net;
import static io.podcapture.pcap.filter.FilterExpression.of;
import static io.podcapture.pcap.filter.FilterExpression.port;
import static io.podcapture.pcap.filter.FilterExpression.portRange;
import static io.podcapture.pcap.filter.FilterExpression.srcHost;
import static io.podcapture.pcap.filter.FilterExpression.srcNet;
import static io.podcapture.pcap.filter.FilterExpression.srcPort;
import static io.podcapture.pcap.filter.FilterExpression.tcp;
import static io.podcapture.pcap.filter.FilterExpression.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.LinkType;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters put together in Java are for tcpdump: it makes of each what it makes of the same written by hand. */
class FilterExpressionTcpdumpTest {
    @TempDir
    Path directory;

    static Stream<Arguments> filters() throws Exception {
        return Stream.of(
                Arguments.of(tcp().and(port(80).or(port(443))), "tcp and (port 80 or port 443)"),
                Arguments.of(tcp().and(port(80)).or(port(443)), "(tcp and port 80) or port 443"),
                Arguments.of(tcp().or(udp()).and(dstPort(53)), "(tcp or udp) and dst port 53"),
                Arguments.of(tcp().or(udp().and(srcPort(53))), "tcp or (udp and src port 53)"),
                Arguments.of(icmp().not().and(ip4()), "not (icmp or icmp6) and ip"),
                Arguments.of(ip4().and(icmp()), "ip and (icmp or icmp6)"),
                Arguments.of(tcp().and(udp().or(arp()).not()), "tcp and not (udp or arp)"),
                Arguments.of(host("10.1.0.7").not().not().or(ip6()), "host 10.1.0.7 or ip6"),
                Arguments.of(host(InetAddress.getByName("fd00::7%1")), "host fd00::7"),
                Arguments.of(
                        srcHost("fd00::7").or(dstHost("10.1.0.8")).and(tcp()),
                        "(src host fd00::7 or dst host 10.1.0.8) and tcp"),
                Arguments.of(
                        net("10.0.0.0/8").and(srcNet("10.1.0.0/16").or(dstNet("fd00::/8"))),
                        "net 10.0.0.0/8 and (src net 10.1.0.0/16 or dst net fd00::/8)"),
                Arguments.of(
                        portRange(8000, 8080).and(lengthAtLeast(60)).and(lengthAtMost(1500)),
                        "portrange 8000-8080 and greater 60 and less 1500"),
                Arguments.of(anyOf(List.of(tcp(), udp().and(port(53)), arp())), "tcp or (udp and port 53) or arp"),
                Arguments.of(
                        allOf(List.of(tcp(), port(80).or(port(443)), icmp().not())),
                        "tcp and (port 80 or port 443) and not (icmp or icmp6)"),
                Arguments.of(of("ip[8] > 10 or arp").and(tcp()), "(ip[8] > 10 or arp) and tcp"),
                Arguments.of(tcp().and(of("port 80 or 443")), "tcp and (port 80 or port 443)"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void toString_forTcpdump_isTheProgramOfTheTextByHand(FilterExpression expression, String byHand) throws Exception {
        assumeThat(Tcpdump.isHere()).as("tcpdump is here").isTrue();
        Path file = directory.resolve("empty.pcap");
        new PacketSet(LinkType.ETHERNET, ByteOrder.BIG_ENDIAN).write(file);

        Tcpdump.Answer built = Tcpdump.run(directory, "-r", file.toString(), "-d", "--", expression.toString());
        Tcpdump.Answer written = Tcpdump.run(directory, "-r", file.toString(), "-d", "--", byHand);

        assertThat(written.accepted()).as(written.error()).isTrue();
        assertThat(built.accepted()).as(built.error()).isTrue();
        assertThat(written.text()).contains("ret");
        assertThat(built.text()).isEqualTo(written.text());
    }
}
