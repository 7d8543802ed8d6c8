package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
    /** A segment from 10.0.0.1 port 1234 to 10.0.0.2 port 80, with SYN alone. */
    private static final byte[] SYN = HexFormat.of()
            .parseHex("020000000002020000000001" + "0800" + "4500002800010000400600000a0000010a000002"
                    + "04d20050000000010000000050022000" + "00000000");

    @Test
    void matches_packet_whatTheFilterSays() throws Exception {
        assertThat(matches("tcp port 80 and host 10.0.0.2")).isTrue();
        assertThat(matches("tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn")).isTrue();
        assertThat(matches("src port 80")).isFalse();
        assertThat(matches("udp")).isFalse();
        assertThat(matches("")).isTrue();
        assertThat(matches(" \t\r\n")).isTrue();
    }

    /** Chains of questions behind one another, each of values out of order: what is asked may be moved, never lost. */
    @Test
    void matches_chainsOfFewValues_asTheirTermsSay() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            byte[] octets = new byte[4];
            random.nextBytes(octets);
            boolean expected = false;
            for (int term = 0; term < 9; term++) {
                int at = random.nextInt(4);
                int value = random.nextBoolean() ? octets[at] & 0xff : random.nextInt(256);
                boolean holds = (octets[at] & 0xff) == value;
                boolean and = term > 0 && random.nextInt(3) == 0;
                expected = term == 0 ? holds : and ? expected && holds : expected || holds;
                String one = "ether[" + at + "] = " + value;
                text.insert(0, '(')
                        .append(term == 0 ? "" : and ? " and " : " or ")
                        .append(one)
                        .append(')');
            }
            try {
                PacketFilter filter = PacketFilter.compile(text.toString(), LinkType.ETHERNET, 0);
                assertThat(filter.matches(ByteBuffer.wrap(octets), 0, 4, 4))
                        .as(text.toString())
                        .isEqualTo(expected);
            } catch (FilterSyntaxException e) {
                assertThat(e.reason()).contains("rejects all packets");
                assertThat(expected).isFalse();
            }
        }
    }

    @Test
    void matches_hostsBehindATestOfOther_allOfThem() throws Exception {
        assertThat(matches("(host 10.0.0.1 or src host 10.0.0.3) and tcp or host 10.0.0.4 or host 10.0.0.5"))
                .isTrue();
        assertThat(matches("(host 10.0.0.2 or src host 10.0.0.3) and tcp or host 10.0.0.4 or host 10.0.0.5"))
                .isTrue();
        assertThat(matches("(dst port 80 or port 443) and ip or port 1 or port 2"))
                .isTrue();
    }

    @Test
    void compile_textsThatOnceFailedOtherwise_refusesOrTakesThem() {
        for (String text : List.of(
                "portrange \\-80",
                "portrange \\80-",
                "portrange \\http-",
                "protochain 6 or geneve or geneve or geneve or geneve or geneve",
                "((len+ip[8])*(len+ip[9]))*((len+ip[2])*(len+ip[4])) = 1" + " or geneve".repeat(5))) {
            try {
                PacketFilter.compile(text, LinkType.ETHERNET, 0);
            } catch (FilterSyntaxException e) {
                assertThat(e.column()).isPositive();
            }
        }
    }

    @Test
    void compile_hardwareAddressWithFiveDots_isThatOfSixOctets() throws Exception {
        byte[] packet = {0xa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd, 0xe, 0xf, 0, 0, 0, 0, 0, 0, 8, 0};
        PacketFilter filter = PacketFilter.compile("ether host a.bb.cc.dd.e.f", LinkType.ETHERNET, 0);

        assertThat(filter.matches(ByteBuffer.wrap(packet), 0, packet.length, packet.length))
                .isTrue();
    }

    @Test
    void matches_numbersThatCanOnlyBeZero_areZero() throws Exception {
        assertThat(matches("(len % (ip[5] & 1)) | (len % (ip[15] & 1)) = 0")).isTrue();
    }

    @Test
    void matches_whatItIsNotFor_isRefused() throws Exception {
        PacketFilter filter = PacketFilter.compile("tcp", LinkType.RAW, 0);
        ByteBuffer octets = ByteBuffer.wrap(SYN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.matches(octets.duplicate().order(ByteOrder.LITTLE_ENDIAN), 0, 20, 20));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> filter.matches(octets, 0, SYN.length + 1, 1500));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            writer.write(0, octets, SYN.length);
        }
        try (PacketCursor cursor = PacketCursor.open(new ByteArrayInputStream(file.toByteArray()))) {
            cursor.next();
            assertThatIllegalArgumentException().isThrownBy(() -> filter.matches(cursor));
        }
    }

    @Test
    void matches_packetWithinABuffer_fromItsPosition() throws Exception {
        PacketFilter filter = PacketFilter.compile("dst port 80", LinkType.ETHERNET, 0);
        ByteBuffer octets = ByteBuffer.allocateDirect(100).put(7, SYN);

        assertThat(filter.matches(octets, 7, SYN.length, SYN.length)).isTrue();
        assertThat(filter.matches(octets, 6, SYN.length, SYN.length)).isFalse();
        assertThat(filter.matches(octets, 7, 37, SYN.length)).isFalse();
        assertThat(octets.position()).isZero();
    }

    @Test
    void matches_packetsOfAFile_onTheCursorAndOfTheirOwn() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(file)) {
            writer.write(0, ByteBuffer.wrap(SYN), SYN.length);
            writer.write(1, ByteBuffer.wrap(SYN, 0, 20), 1500);
        }
        PacketFilter tcp = PacketFilter.compile("tcp and len < 100", LinkType.ETHERNET, 0);
        PacketFilter large = PacketFilter.compile("len = 1500", LinkType.ETHERNET, 0);

        try (PacketCursor cursor = PacketCursor.open(new ByteArrayInputStream(file.toByteArray()))) {
            cursor.next();
            assertThat(tcp.matches(cursor)).isTrue();
            assertThat(tcp.matches(cursor.packet())).isTrue();
            assertThat(large.matches(cursor)).isFalse();
            cursor.next();
            assertThat(tcp.matches(cursor)).isFalse();
            assertThat(large.matches(cursor)).isTrue();
            assertThat(large.matches(cursor.packet())).isTrue();
        }
    }

    @Test
    void matches_packetCutBeforeWhatIsAsked_notEvenUnderNot() throws Exception {
        PacketFilter filter = PacketFilter.compile("not dst port 80", LinkType.ETHERNET, 0);

        assertThat(filter.matches(ByteBuffer.wrap(SYN), 0, 30, SYN.length)).isFalse();
    }

    @Test
    void matches_length_isThatOnTheWireAndUnsigned() throws Exception {
        PacketFilter filter = PacketFilter.compile("len > 4000000000", LinkType.ETHERNET, 0);

        assertThat(filter.matches(ByteBuffer.wrap(SYN), 0, SYN.length, 4_000_000_001L))
                .isTrue();
        assertThat(filter.matches(ByteBuffer.wrap(SYN), 0, SYN.length, 4_000_000_000L))
                .isFalse();
    }

    @Test
    void matches_headersThatLeadInACircle_ends() throws Exception {
        byte[] packet = new byte[100];
        packet[0] = 0x60;
        packet[6] = 51;
        packet[40] = 51;
        packet[41] = 8;
        PacketFilter filter = PacketFilter.compile("ip6 protochain 6", LinkType.RAW, 0);

        assertThat(filter.matches(ByteBuffer.wrap(packet), 0, 100, 100)).isFalse();
        packet[40] = 6;
        assertThat(filter.matches(ByteBuffer.wrap(packet), 0, 100, 100)).isTrue();
    }

    @Test
    void compile_loopback_followsTheByteOrderOfTheFile() throws Exception {
        byte[] little = HexFormat.of().parseHex("02000000" + "45");
        byte[] big = HexFormat.of().parseHex("00000002" + "45");
        PacketFilter byDefault = PacketFilter.compile("ip", LinkType.NULL, 0);
        PacketFilter bigEndian = PacketFilter.compile("ip", LinkType.NULL, 0, ByteOrder.BIG_ENDIAN);

        assertThat(byDefault.matches(ByteBuffer.wrap(little), 0, 5, 5)).isTrue();
        assertThat(byDefault.matches(ByteBuffer.wrap(big), 0, 5, 5)).isFalse();
        assertThat(bigEndian.matches(ByteBuffer.wrap(big), 0, 5, 5)).isTrue();
    }

    @Test
    void compile_hostByName_isLookedUpOnlyByAResolver() throws Exception {
        NameResolver resolver = host -> host.equals("cart") ? addresses("10.0.0.2", "2001:db8::1") : List.of();
        PacketFilter named =
                PacketFilter.compile("dst host cart", LinkType.ETHERNET, 0, ByteOrder.BIG_ENDIAN, resolver);
        PacketFilter written = PacketFilter.compile("dst host 10.0.0.2 or dst host 2001:db8::1", LinkType.ETHERNET, 0);

        assertThat(named.program()).isEqualTo(written.program());
        assertThatThrownBy(() -> PacketFilter.compile("host cart", LinkType.ETHERNET, 0))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("names are not looked up");
        assertThatThrownBy(
                        () -> PacketFilter.compile("host shop", LinkType.ETHERNET, 0, ByteOrder.BIG_ENDIAN, resolver))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("unknown host 'shop'");
    }

    @Test
    void compile_linkTypeWithoutFilters_saysSo() {
        assertThatThrownBy(() -> PacketFilter.compile("tcp", new LinkType(105), 0))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("link type LINKTYPE_105 (105) are not supported");
    }

    @Test
    void compile_whatOnlyALiveCaptureKnows_saysSo() {
        assertThatThrownBy(() -> PacketFilter.compile("tcp and inbound", LinkType.ETHERNET, 0))
                .isInstanceOfSatisfying(FilterSyntaxException.class, e -> {
                    assertThat(e.column()).isEqualTo(9);
                    assertThat(e.reason()).contains("only the system that captures live");
                    assertThat(e.expression()).isEqualTo("tcp and inbound");
                });
    }

    @Test
    void compile_tenThousandParentheses_likeNone() throws Exception {
        PacketFilter filter =
                PacketFilter.compile("(".repeat(10_000) + "tcp" + ")".repeat(10_000), LinkType.ETHERNET, 0);
        PacketFilter negated = PacketFilter.compile("not ".repeat(10_000) + "tcp", LinkType.ETHERNET, 0);
        PacketFilter number =
                PacketFilter.compile("(".repeat(10_000) + "len" + ")".repeat(10_000) + " = 5", LinkType.ETHERNET, 0);

        assertThat(filter.program())
                .isEqualTo(PacketFilter.compile("tcp", LinkType.ETHERNET, 0).program());
        assertThat(negated.program()).isEqualTo(filter.program());
        assertThat(number.program()).startsWith("4\n");
        assertThatThrownBy(() -> PacketFilter.compile("(".repeat(10_000), LinkType.ETHERNET, 0))
                .isInstanceOf(FilterSyntaxException.class);
    }

    @Test
    void compile_longSums_withoutDeepCalls() throws Exception {
        PacketFilter filter =
                PacketFilter.compile("len" + " + len".repeat(20_000) + " = 20001 * len", LinkType.ETHERNET, 0);

        assertThat(filter.matches(ByteBuffer.wrap(SYN), 0, SYN.length, 60)).isTrue();
    }

    @Test
    void compile_twoThousandHosts_asksEachAddressOnce() throws Exception {
        String hosts = IntStream.range(0, 2000)
                .mapToObj(i -> "host 10.1." + i / 250 + "." + (i % 250 + 1))
                .collect(Collectors.joining(" or "));
        PacketFilter filter = PacketFilter.compile(hosts, LinkType.ETHERNET, 0);

        // Six addresses, of ip, arp and rarp, each compared with each host and loaded once; three types; two ends.
        assertThat(filter.instructions()).hasSize(6 * 2000 + 6 + 4 + 2);
    }

    private static boolean matches(String expression) throws FilterSyntaxException {
        return PacketFilter.compile(expression, LinkType.ETHERNET, 0)
                .matches(ByteBuffer.wrap(SYN), 0, SYN.length, SYN.length);
    }

    private static List<InetAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(PacketFilterTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
