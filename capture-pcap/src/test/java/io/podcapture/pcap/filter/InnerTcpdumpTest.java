package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podcapture.pcap.LinkType;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packets carry, by our word for it and by those that tcpdump has for tags and for Geneve. Skipped where it is not here. */
class InnerTcpdumpTest {
    private static final List<String> EXPRESSIONS = List.of(
            "tcp",
            "udp port 53",
            "dst port 80",
            "host 10.1.0.7",
            "src net 10.0.0.0/8 or ip6 host fd00::7",
            "ip",
            "ip6",
            "arp",
            "icmp",
            "ether src 02:00:00:00:00:02",
            "ether dst 0a:00:00:00:00:01 and ip",
            "ip[8] = 64",
            "not tcp",
            "not (host 10.1.0.7 or arp)");

    private static final List<String> TAGS = List.of("8100 0064", "88a8 0065", "9100 0066");

    @TempDir
    Path directory;

    private final PacketSet packets = new PacketSet(LinkType.ETHERNET, ByteOrder.BIG_ENDIAN);

    @BeforeEach
    void isHere() {
        assumeThat(Tcpdump.isHere()).as("tcpdump is here").isTrue();
    }

    /** By the type that a frame or Geneve gives them. */
    private static Map<String, String> carried() {
        Map<String, String> carried = new LinkedHashMap<>();
        carried.put(InnerFilterTest.TCP4, "0800");
        carried.put(InnerFilterTest.TCP6, "86dd");
        carried.put(InnerFilterTest.ip4(17, InnerFilterTest.udp(53, "00000000 00000000")), "0800");
        carried.put(InnerFilterTest.ip6(17, InnerFilterTest.udp(53, "00000000 00000000")), "86dd");
        carried.put(InnerFilterTest.ip4(1, "0800 0000 00000000 00000000 00000000"), "0800");
        carried.put("0001 0800 06 04 0001 020000000002 0a010007 000000000000 0a010008", "0806");
        carried.put("0000 0000 0000 0000 0000 0000 0000 0000", "9000");
        return carried;
    }

    private void add(String hex) {
        byte[] octets = InnerFilterTest.octets(hex);
        packets.add(octets, octets.length);
    }

    @Test
    void inner_behindTags_isWhatTcpdumpFindsBehindVlan() throws Exception {
        carried().forEach((payload, type) -> {
            add(InnerFilterTest.MACS + type + payload);
            for (String outer : TAGS) {
                add(InnerFilterTest.MACS + outer + type + payload);
                TAGS.forEach(inner -> add(InnerFilterTest.MACS + outer + inner + type + payload));
            }
        });

        compare("(%1$s) or (vlan and ((%1$s) or (vlan and (%1$s))))");
    }

    @Test
    void inner_withinGeneve_isWhatTcpdumpFindsBehindGeneve() throws Exception {
        carried().forEach((payload, type) -> {
            add(InnerFilterTest.MACS + type + payload);
            for (String options : List.of("", "0102800100000000", "010280010000000001028001" + "00000000")) {
                String words = "%02x00".formatted(options.replace(" ", "").length() / 8);
                String frame = InnerFilterTest.udp(
                        6081, words + "6558 00000100" + options + InnerFilterTest.INNER_MACS + type + payload);
                add(InnerFilterTest.MACS + "0800" + InnerFilterTest.ip4(17, frame));
                add(InnerFilterTest.MACS + "86dd" + InnerFilterTest.ip6(17, frame));
                if (!type.equals("0806") && !type.equals("9000")) {
                    String packet = InnerFilterTest.udp(6081, words + type + "00000100" + options + payload);
                    add(InnerFilterTest.MACS + "0800" + InnerFilterTest.ip4(17, packet));
                    add(InnerFilterTest.MACS + "86dd" + InnerFilterTest.ip6(17, packet));
                }
            }
        });

        compare("(%1$s) or (geneve and (%1$s))");
    }

    private void compare(String theirs) throws Exception {
        Path file = directory.resolve("packets.pcap");
        packets.write(file);
        List<String> differences = new ArrayList<>();
        int found = 0;
        for (String expression : EXPRESSIONS) {
            Tcpdump.Answer answer =
                    Tcpdump.run(directory, "-r", file.toString(), "-w", "-", "--", theirs.formatted(expression));
            assertThat(answer.accepted()).as(answer.error()).isTrue();
            BitSet expected = PacketSet.read(answer.output());
            PacketFilter filter = PacketFilter.compile(expression, LinkType.ETHERNET, 0);
            BitSet matching = packets.matching(filter.inner());
            if (!matching.equals(expected)) {
                differences.add(expression + ": " + matching + " here, there " + expected);
            }
            found += matching.cardinality() - packets.matching(filter).cardinality();
        }
        assertThat(differences).isEmpty();
        assertThat(found).as("only within").isGreaterThan(100);
    }
}
