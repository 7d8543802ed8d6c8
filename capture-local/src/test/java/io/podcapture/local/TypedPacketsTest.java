package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.PacketCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;

class TypedPacketsTest {
    // From 192.0.2.2 port 4660 to 192.0.2.1 port 9: "hi".
    private static final String UDP4 = "4500001e000040004011b6adc0000202c0000201" + "12340009000a0000" + "6869";
    private static final String UDP6 = "60000000000a1140" + "20010db8000000000000000000000002"
            + "20010db8000000000000000000000001" + "12340009000a0000" + "6869";
    private static final String ETHERNET = "020000000001020000000002";
    private static final String SLL = "0000" + "0001" + "0006" + "0200000000020000";
    // After the protocol.
    private static final String SLL2 = "0000" + "00000007" + "0001" + "00" + "06" + "0200000000020000";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "1," + ETHERNET + "0800," + UDP4 + ",EthernetPacket",
        "1," + ETHERNET + "86dd," + UDP6 + ",EthernetPacket",
        "113," + SLL + "0800," + UDP4 + ",LinuxSllPacket",
        "113," + SLL + "86dd," + UDP6 + ",LinuxSllPacket",
        "276,0800" + SLL2 + "," + UDP4 + ",IpV4Packet",
        "276,86dd" + SLL2 + "," + UDP6 + ",IpV6Packet",
        "101,''," + UDP4 + ",IpV4Packet",
        "101,''," + UDP6 + ",IpV6Packet",
        "228,''," + UDP4 + ",IpV4Packet",
        "229,''," + UDP6 + ",IpV6Packet",
        "0,02000000," + UDP4 + ",IpV4Packet",
        "0,0000001e," + UDP6 + ",IpV6Packet",
        "108,00000018," + UDP6 + ",IpV6Packet",
    })
    void of_linkTypes_haveTheirFields(int linkType, String head, String rest, String type) throws Exception {
        Packet packet = typed(linkType, head + rest);
        assertThat(packet.getClass().getSimpleName()).isEqualTo(type);
        UdpPacket udp = packet.get(UdpPacket.class);
        assertThat(udp.getHeader().getSrcPort().valueAsInt()).isEqualTo(0x1234);
        assertThat(udp.getHeader().getDstPort().valueAsInt()).isEqualTo(9);
        assertThat(udp.getPayload().getRawData()).isEqualTo("hi".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void of_vlanWithinCookedV2_isUnwrapped() throws Exception {
        assertThat(typed(276, "8100" + SLL2 + "00050800" + UDP4).get(UdpPacket.class))
                .isNotNull();
    }

    @Test
    void of_cookedNetlink_isNotTakenForEther() throws Exception {
        String netlink = "0800" + "0000" + "00000007" + "0338" + "00" + "06" + "0200000000020000";
        assertThat(typed(276, netlink + UDP4)).isInstanceOf(UnknownPacket.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "113", "276", "101", "228", "229", "0", "108", "147"})
    void of_packetsCutAnywhere_neverFails(int linkType) throws Exception {
        String whole =
                switch (linkType) {
                    case 1 -> ETHERNET + "0800" + UDP4;
                    case 113 -> SLL + "0800" + UDP4;
                    case 276 -> "0800" + SLL2 + UDP4;
                    case 0, 108 -> "02000000" + UDP4;
                    case 229 -> UDP6;
                    default -> UDP4;
                };
        for (int length = 0; length < whole.length(); length += 2) {
            Packet packet = typed(linkType, whole.substring(0, length));
            assertThat(packet).isNotNull();
        }
    }

    @Test
    void of_packetCutByTheSnapshotLength_showsTheHeadersThatAreWhole() throws Exception {
        Packet packet = typed(1, ETHERNET + "0800" + UDP4.substring(0, 10));
        assertThat(packet).isInstanceOf(EthernetPacket.class);
        assertThat(packet.getPayload()).isInstanceOf(IllegalPacket.class);
    }

    private Packet typed(int linkType, String hex) throws Exception {
        byte[] octets = HexFormat.of().parseHex(hex);
        ByteBuffer file = ByteBuffer.allocate(40 + octets.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0);
        file.putInt(65535).putInt(linkType);
        file.putInt(1).putInt(0).putInt(octets.length).putInt(octets.length).put(octets);
        Path path = directory.resolve("packet.pcap");
        Files.write(path, file.array());
        try (PacketCursor packets = PacketCursor.open(path)) {
            assertThat(packets.next()).isTrue();
            return TypedPackets.of(packets);
        }
    }
}
