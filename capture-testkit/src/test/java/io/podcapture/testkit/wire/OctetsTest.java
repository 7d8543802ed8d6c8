package io.podcapture.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Octets that were reckoned out by hand, with checksums of another program. */
class OctetsTest {
    private static final Mac FIRST = Mac.of(1);
    private static final Mac SECOND = Mac.of(2);
    private static final InetAddress A = Literal.address("10.0.1.7");
    private static final InetAddress B = Literal.address("10.0.2.9");
    private static final InetAddress A6 = Literal.address("fd00::1:7");
    private static final InetAddress B6 = Literal.address("fd00::2:9");
    private static final ByteBuffer ABC = ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII));

    @Test
    void checksum_ofTheExampleOfRfc1071_isAsItSays() {
        assertThat(Checksum.of(HexFormat.of().parseHex("0001f203f4f5f6f7"))).isEqualTo(0x220d);
    }

    @Test
    void arp_request_isAFrameToAll() {
        ArpMessage request = new ArpMessage(true, FIRST, A, Mac.NONE, B);
        assertThat(hex(new Frame(Mac.BROADCAST, FIRST, request).octets()))
                .isEqualTo("ffffffffffff020000000001080600010800060400010200000000010a0001070000000000000a000209");
    }

    @Test
    void udp_overIpv4_hasBothChecksums() {
        assertThat(hex(packet(A, B, new UdpDatagram(40_000, 53, ABC))))
                .isEqualTo("4500001f00014000401123be0a0001070a0002099c400035000b87f0616263");
    }

    @Test
    void udp_overIpv6_hasTheSumOfItsPseudoHeader() {
        assertThat(hex(packet(A6, B6, new UdpDatagram(40_000, 53, ABC))))
                .isEqualTo("60000000000b1140fd000000000000000000000000010007"
                        + "fd0000000000000000000000000200099c400035000ba4eb616263");
    }

    @Test
    void udp_sumOfZero_isSentAsItsComplement() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {0x4c, 0x55});
        assertThat(hex(new UdpDatagram(40_000, 53, data).octets(A, B))).isEqualTo("9c400035000affff4c55");
    }

    @Test
    void tcp_syn_hasLinuxsOptions() {
        TcpOptions options = new TcpOptions(1460, true, 100, 0, List.of());
        TcpSegment syn =
                new TcpSegment(40_000, 5432, 0xffff_fff0L, 0, TcpSegment.SYN, 64_240, options, ByteBuffer.allocate(0));
        assertThat(hex(syn.octets(A, B)))
                .isEqualTo("9c401538fffffff000000000a002faf084320000" + "020405b40402080a000000640000000001030307");
    }

    @Test
    void tcp_selectiveAcknowledgment_followsTheTimestamps() {
        TcpOptions options = new TcpOptions(0, true, 100, 200, List.of(new TcpOptions.Range(3000, 4000)));
        TcpSegment ack = new TcpSegment(40_000, 5432, 1, 2000, TcpSegment.ACK, 512, options, ByteBuffer.allocate(0));
        assertThat(hex(ack.octets(A6, B6)))
                .isEqualTo("9c40153800000001000007d0b01002006ec40000" + "0101080a00000064000000c8"
                        + "0101050a00000bb800000fa0");
    }

    @Test
    void echo_ofBothFamilies_hasItsChecksum() {
        assertThat(hex(IcmpMessage.echoRequest(true, 0x1234, 1, ABC).octets(A, B)))
                .isEqualTo("0800216812340001616263");
        assertThat(hex(IcmpMessage.echoRequest(false, 0x1234, 1, ABC).octets(A6, B6)))
                .isEqualTo("8000af0d12340001616263");
    }

    @Test
    void unreachable_quotesThePacket() {
        IpPacket undelivered = new IpPacket(A, B, 1, 64, new UdpDatagram(40_000, 53, ABC), Purpose.UPKEEP);
        assertThat(hex(IcmpMessage.portUnreachable(undelivered).octets(B, A)))
                .isEqualTo("0303142900000000" + "4500001f00014000401123be0a0001070a0002099c400035000b87f0616263");
    }

    @Test
    void neighborDiscovery_asksTheGroupAndAnswersTheHost() {
        assertThat(hex(NeighborMessages.solicitation(FIRST, A6, B6).octets()))
                .isEqualTo("6000000000203afffd000000000000000000000000010007ff0200000000000000000001ff020009"
                        + "87007d7e00000000fd0000000000000000000000000200090101020000000001");
        assertThat(hex(NeighborMessages.advertisement(SECOND, B6, A6).octets()))
                .isEqualTo("6000000000203afffd000000000000000000000000020009fd000000000000000000000000010007"
                        + "88001c8160000000fd0000000000000000000000000200090201020000000002");
    }

    @Test
    void dns_queryAndAnswers_areAsInRfc1035() {
        DnsAnswer address = new DnsAnswer(DnsAnswer.NO_ERROR, List.of(B));
        DnsAnswer none = new DnsAnswer(DnsAnswer.NXDOMAIN, List.of());
        assertThat(hex(DnsMessage.query(0x1234, "db.shop", DnsMessage.A)))
                .isEqualTo("1234010000010000000000000264620473686f700000010001");
        assertThat(hex(DnsMessage.answer(0x1234, "db.shop", DnsMessage.A, address)))
                .isEqualTo("1234818000010001000000000264620473686f700000010001c00c000100010000001e00040a000209");
        assertThat(hex(DnsMessage.answer(0x1234, "db.shop", DnsMessage.AAAA, none)))
                .isEqualTo("1234818300010000000000000264620473686f7000001c0001");
    }

    @Test
    void cooked_packet_hasTheHeaderOfSll2() {
        byte[] frame = new Frame(Mac.BROADCAST, FIRST, new ArpMessage(true, FIRST, A, Mac.NONE, B)).octets();
        WirePacket cooked = Cooked.of(new WirePacket("eth0", 5, false, frame, frame.length));
        assertThat(hex(cooked.data()))
                .isEqualTo("0806000000000002000101060200000000010000"
                        + "00010800060400010200000000010a0001070000000000000a000209");
        assertThat(cooked.originalLength()).isEqualTo(48);
    }

    private static byte[] packet(InetAddress from, InetAddress to, Payload payload) {
        return new IpPacket(from, to, 1, 64, payload, Purpose.UPKEEP).octets();
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String hex(ByteBuffer octets) {
        byte[] copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        return hex(copy);
    }
}
