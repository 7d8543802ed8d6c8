package io.podcapture.pcap.filter;

import static io.podcapture.pcap.filter.FilterExpression.allOf;
import static io.podcapture.pcap.filter.FilterExpression.anyOf;
import static io.podcapture.pcap.filter.FilterExpression.arp;
import static io.podcapture.pcap.filter.FilterExpression.dstHost;
import static io.podcapture.pcap.filter.FilterExpression.dstPort;
import static io.podcapture.pcap.filter.FilterExpression.host;
import static io.podcapture.pcap.filter.FilterExpression.icmp;
import static io.podcapture.pcap.filter.FilterExpression.ip6;
import static io.podcapture.pcap.filter.FilterExpression.lengthAtLeast;
import static io.podcapture.pcap.filter.FilterExpression.net;
import static io.podcapture.pcap.filter.FilterExpression.of;
import static io.podcapture.pcap.filter.FilterExpression.port;
import static io.podcapture.pcap.filter.FilterExpression.portRange;
import static io.podcapture.pcap.filter.FilterExpression.srcHost;
import static io.podcapture.pcap.filter.FilterExpression.srcPort;
import static io.podcapture.pcap.filter.FilterExpression.tcp;
import static io.podcapture.pcap.filter.FilterExpression.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podcapture.pcap.LinkType;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FilterExpressionTest {
    private static final List<FilterExpression> LEAVES = List.of(
            tcp(),
            udp(),
            icmp(),
            arp(),
            ip6(),
            host("10.0.0.1"),
            srcHost("fd00::1"),
            dstHost("10.0.0.2"),
            net("10.0.0.0/8"),
            port(80),
            srcPort(53),
            portRange(50, 90),
            lengthAtLeast(60),
            of("ip[8] > 10 or arp"));

    private final Random random = new Random(3);

    @Test
    void toString_hasParenthesesWhereTheyAreNeeded() {
        assertThat(tcp().and(dstPort(80)).and(host("10.1.0.7").not()))
                .hasToString("tcp and dst port 80 and not host 10.1.0.7");
        assertThat(tcp().and(port(80).or(port(443)))).hasToString("tcp and (port 80 or port 443)");
        assertThat(tcp().or(udp()).and(port(53)).not()).hasToString("not ((tcp or udp) and port 53)");
        assertThat(icmp().not().and(of("len > 5"))).hasToString("not (icmp or icmp6) and (len > 5)");
        assertThat(anyOf(List.of(tcp(), udp(), arp()))).hasToString("tcp or udp or arp");
        assertThat(allOf(List.of(tcp(), icmp()))).hasToString("tcp and (icmp or icmp6)");
    }

    @Test
    void host_ofAnAddress_isItsLiteral() throws Exception {
        assertThat(host(InetAddress.getByName("fe80::1%1"))).hasToString("host fe80:0:0:0:0:0:0:1");
        assertThat(host(InetAddress.getByName("10.1.2.3"))).hasToString("host 10.1.2.3");
    }

    @Test
    void parts_thatMakeNoSense_areRefusedWithTheirValue() {
        refused(() -> port(65_536), "65536", "65535");
        refused(() -> portRange(9, 8), "8", "9");
        refused(() -> host("cart"), "cart");
        refused(() -> host("10.1"), "10.1");
        refused(() -> host("10.0.0.1 or tcp"), "10.0.0.1 or tcp");
        refused(() -> host("10.0.0.300"), "10.0.0.300");
        refused(() -> net("10.0.0.1/8"), "10.0.0.1/8", "non-network bits");
        refused(() -> lengthAtLeast(-1), "-1");
        refused(() -> anyOf(List.of()), "none");
        refused(() -> of(" "), "empty");
        refused(() -> of("tcp) or (udp"), "column 4");
    }

    private static void refused(ThrowingCallable making, String... words) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageContainingAll(words);
    }

    @Test
    void toString_ofRandomTrees_meansWhatTheTreeMeans() throws Exception {
        List<byte[]> packets = packets();
        List<List<Boolean>> leaves = new ArrayList<>();
        for (FilterExpression leaf : LEAVES) {
            leaves.add(answers(leaf, packets));
        }
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            Tree tree = tree(leaves, 4);
            List<Boolean> answers = answers(tree.expression, packets);
            assertThat(answers).as("%s", tree.expression).isEqualTo(tree.answers);
            kept += (int) answers.stream().filter(answer -> answer).count();
        }
        assertThat(kept).isBetween(1_000, 1_000 * packets.size() - 1_000);
    }

    private record Tree(FilterExpression expression, List<Boolean> answers) {}

    private Tree tree(List<List<Boolean>> leaves, int depth) {
        int choice = depth == 0 ? 0 : random.nextInt(4);
        if (choice == 0) {
            int leaf = random.nextInt(LEAVES.size());
            return new Tree(LEAVES.get(leaf), leaves.get(leaf));
        }
        Tree left = tree(leaves, depth - 1);
        if (choice == 1) {
            return new Tree(
                    left.expression.not(),
                    left.answers.stream().map(answer -> !answer).toList());
        }
        Tree right = tree(leaves, depth - 1);
        List<Boolean> both = new ArrayList<>();
        for (int i = 0; i < left.answers.size(); i++) {
            boolean a = left.answers.get(i);
            boolean b = right.answers.get(i);
            both.add(choice == 2 ? a && b : a || b);
        }
        return new Tree(
                choice == 2 ? left.expression.and(right.expression) : left.expression.or(right.expression), both);
    }

    private static List<Boolean> answers(FilterExpression expression, List<byte[]> packets) {
        try {
            PacketFilter filter = PacketFilter.compile(expression.toString(), LinkType.ETHERNET, 0);
            return packets.stream()
                    .map(packet -> filter.matches(ByteBuffer.wrap(packet), 0, packet.length, packet.length))
                    .toList();
        } catch (FilterSyntaxException e) {
            // What no packet can match.
            assertThat(e.isMalformed()).as("%s", e).isFalse();
            return packets.stream().map(packet -> false).toList();
        }
    }

    /** None of them cut. */
    private static List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        String macs = "020000000001020000000002";
        for (String addresses : List.of("0a0000010a000002", "0a0000010b000003", "0a0000020a000001")) {
            for (String ports : List.of("c0000050", "0035c001", "c0010053")) {
                for (String protocol : List.of("06", "11", "01", "84")) {
                    packets.add(
                            packet(macs + "0800" + "4500004000010000" + "40" + protocol + "0000" + addresses + ports));
                }
                packets.add(packet(macs + "86dd" + "6000000000200640" + "fd000000000000000000000000000001"
                        + "fd000000000000000000000000000002" + ports));
            }
        }
        packets.add(packet(macs + "0806" + "0001080006040001"));
        packets.add(packet(macs + "9000"));
        return packets;
    }

    private static byte[] packet(String hex) {
        byte[] start = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(Math.max(90, start.length)).put(start).array();
    }
}
