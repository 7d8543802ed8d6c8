package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InnerFilterTest {
    /** TCP to port 80, of 10.1.0.7. */
    static final String TCP4 =
            "45000028 00010000 40060000 0a010007 0a010008" + " c0000050 00000000 00000000 50020000 00000000";
    /** TCP to port 80, of fd00::7. */
    static final String TCP6 = "60000000 00140640 fd000000000000000000000000000007 fd000000000000000000000000000008"
            + " c0000050 00000000 00000000 50020000 00000000";

    static final String MACS = "020000000001 020000000002 ";
    static final String INNER_MACS = "0a0000000001 0a0000000002 ";

    @TempDir
    Path directory;

    static Stream<Arguments> encapsulations() {
        return Stream.of(
                Arguments.of("VLAN", MACS + "8100 0064 0800" + TCP4),
                Arguments.of("QinQ", MACS + "88a8 0064 8100 0065 86dd" + TCP6),
                Arguments.of("VXLAN", vxlan(4789, INNER_MACS + "0800" + TCP4)),
                Arguments.of("VXLAN of Linux", vxlan(8472, INNER_MACS + "86dd" + TCP6)),
                Arguments.of(
                        "VXLAN over IPv6",
                        MACS + "86dd" + ip6(17, udp(4789, "08000000 00000100" + INNER_MACS + "0800" + TCP4))),
                Arguments.of(
                        "Geneve with options",
                        MACS + "0800"
                                + ip4(
                                        17,
                                        udp(6081, "02006558 00000100 0102800100000000" + INNER_MACS + "0800" + TCP4))),
                Arguments.of("Geneve of IP", MACS + "0800" + ip4(17, udp(6081, "00000800 00000100" + TCP4))),
                Arguments.of("GRE", MACS + "0800" + ip4(47, "00000800" + TCP4)),
                Arguments.of(
                        "GRE with all fields", MACS + "0800" + ip4(47, "b00086dd 00000000 00000001 00000002" + TCP6)),
                Arguments.of("GRE of Ethernet", MACS + "86dd" + ip6(47, "00006558" + INNER_MACS + "0800" + TCP4)),
                Arguments.of("IP in IP", MACS + "0800" + ip4(4, TCP4)),
                Arguments.of("IPv6 in IP", MACS + "0800" + ip4(41, TCP6)),
                Arguments.of("IP in IPv6", MACS + "86dd" + ip6(4, TCP4)),
                Arguments.of(
                        "behind extension headers", MACS + "86dd" + ip6(0, "3c00010400000000 2900010400000000" + TCP6)),
                Arguments.of(
                        "VXLAN in VLAN, VLAN in VXLAN",
                        MACS + "8100 0001 0800"
                                + ip4(17, udp(4789, "08000000 00000100" + INNER_MACS + "8100 0002 0800" + TCP4))),
                Arguments.of("first fragment", MACS + "0800" + ip4(4, TCP4).replaceFirst("00010000", "00012000")));
    }

    private static String vxlan(int port, String frame) {
        return MACS + "0800" + ip4(17, udp(port, "08000000 00000100" + frame));
    }

    static String udp(int port, String payload) {
        return "c001 %04x %04x 0000".formatted(port, 8 + octets(payload).length) + payload;
    }

    static String ip4(int protocol, String payload) {
        return "4500%04x 00010000 40%02x0000 c0a80001 c0a80002".formatted(20 + octets(payload).length, protocol)
                + payload;
    }

    static String ip6(int next, String payload) {
        return "60000000 %04x%02x40 fd010000000000000000000000000001 fd010000000000000000000000000002"
                        .formatted(octets(payload).length, next)
                + payload;
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static PacketFilter filter(String expression) throws FilterSyntaxException {
        return PacketFilter.compile(expression, LinkType.ETHERNET, 0);
    }

    private static boolean matches(PacketFilter filter, byte[] packet) {
        return filter.matches(ByteBuffer.wrap(packet), 0, packet.length, packet.length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encapsulations")
    void inner_packetWithinAnother_isFound(String name, String hex) throws Exception {
        byte[] packet = octets(hex);
        PacketFilter filter = filter("tcp dst port 80 and (host 10.1.0.7 or host fd00::7)");

        assertThat(matches(filter, packet)).as("as it is").isFalse();
        assertThat(matches(filter.inner(), packet)).isTrue();
        assertThat(matches(filter("tcp dst port 81").inner(), packet)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encapsulations")
    void inner_cutAnywhere_looksAtNothingThatIsNotThere(String name, String hex) throws Exception {
        byte[] packet = octets(hex);
        PacketFilter filter = filter("tcp dst port 80").inner();
        int needed = packet.length - 16;
        for (int length = 0; length <= packet.length; length++) {
            // No octet is behind the cut: to read one would throw.
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(packet, length));
            assertThat(filter.matches(cut, 0, length, packet.length))
                    .as("%s octets", length)
                    .isEqualTo(length >= needed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "later fragment, 0800, 4500003c 00010001 40040000 c0a80001 c0a80002",
        "PPTP, 0800, 45000040 00010000 402f0000 c0a80001 c0a80002 20010800",
        "GRE with routing, 0800, 45000040 00010000 402f0000 c0a80001 c0a80002 40000800",
        "VXLAN without flag, 0800, 4500005a 00010000 40110000 c0a80001 c0a80002 c00112b5 00460000 00000000 00000100 0a0000000001 0a0000000002 0800",
        "another port, 0800, 4500005a 00010000 40110000 c0a80001 c0a80002 c00112b6 00460000 08000000 00000100 0a0000000001 0a0000000002 0800",
        "later Geneve, 0800, 4500004c 00010000 40110000 c0a80001 c0a80002 c00117c1 00380000 40000800 00000100",
        "padding, 0800, 45000014 00010000 40040000 c0a80001 c0a80002"
    })
    void inner_whatOnlyLooksAlike_isNotFound(String name, String type, String header) throws Exception {
        byte[] packet = octets(MACS + type + header + TCP4);

        assertThat(matches(filter("tcp").inner(), packet)).isFalse();
    }

    @Test
    void inner_frame_hasItsOwnAddressesAndLength() throws Exception {
        byte[] vxlan = octets(vxlan(4789, INNER_MACS + "0800" + TCP4));
        byte[] vlan = octets(MACS + "8100 0064 0800" + TCP4);

        assertThat(matches(
                        filter("ether src 0a:00:00:00:00:02 and tcp and len = 54")
                                .inner(),
                        vxlan))
                .isTrue();
        assertThat(matches(filter("ether src 02:00:00:00:00:02 and tcp").inner(), vxlan))
                .isFalse();
        assertThat(matches(
                        filter("ether src 02:00:00:00:00:02 and tcp and len = 54")
                                .inner(),
                        vlan))
                .isTrue();
    }

    @Test
    void inner_ofANamedHost_asksForItOnce() throws Exception {
        List<String> asked = new ArrayList<>();
        PacketFilter filter =
                PacketFilter.compile("tcp and src host cart", LinkType.ETHERNET, 0, ByteOrder.BIG_ENDIAN, name -> {
                    asked.add(name);
                    return List.of(InetAddress.getLoopbackAddress());
                });
        filter.inner();
        assertThat(asked).containsExactly("cart");
    }

    @Test
    void inner_tooDeep_isNotFound() throws Exception {
        String packet = TCP4;
        for (int depth = 1; depth <= 9; depth++) {
            packet = ip4(4, packet);
            assertThat(matches(filter("tcp").inner(), octets(MACS + "0800" + packet)))
                    .as("%s", depth)
                    .isEqualTo(depth <= 8);
        }
    }

    @Test
    void inner_onOtherLinks_isFound() throws Exception {
        byte[] vxlan = octets(ip4(17, udp(4789, "08000000 00000100" + INNER_MACS + "0800" + TCP4)));
        for (LinkType link : List.of(LinkType.RAW, LinkType.LINUX_SLL2, LinkType.LINUX_SLL, LinkType.NULL)) {
            byte[] header = octets(
                    switch (link.number()) {
                        case 276 -> "0800 0000 00000001 0001 00 06 0200000000010000";
                        case 113 -> "0000 0001 0006 0200000000010000 0800";
                        case 0 -> "02000000";
                        default -> "";
                    });
            byte[] packet = ByteBuffer.allocate(header.length + vxlan.length)
                    .put(header)
                    .put(vxlan)
                    .array();
            PacketFilter filter = PacketFilter.compile("tcp port 80", link, 0).inner();
            assertThat(filter.matches(ByteBuffer.wrap(packet), 0, packet.length, packet.length))
                    .as("%s", link)
                    .isTrue();
        }
    }

    @Test
    void compileInner_whatOnlyCarriedPacketsCanHave_isFoundInThem() throws Exception {
        byte[] sll2 = octets("0800 0000 00000001 0001 00 06 0200000000010000");
        byte[] vxlan = octets(ip4(17, udp(4789, "08000000 00000100" + INNER_MACS + "0800" + TCP4)));
        byte[] packet = ByteBuffer.allocate(sll2.length + vxlan.length)
                .put(sll2)
                .put(vxlan)
                .array();
        for (String expression : List.of("ether host 0a:00:00:00:00:02", "ether host 0a:00:00:00:00:02 and tcp")) {
            PacketFilter filter = PacketFilter.compileInner(expression, LinkType.LINUX_SLL2, ByteOrder.BIG_ENDIAN);
            assertThat(matches(filter, packet)).as("%s", expression).isTrue();
            assertThat(filter.program()).isEqualTo("1\n6 0 0 0\n");
        }
        assertThat(matches(
                        PacketFilter.compileInner(
                                "ether host 02:00:00:00:00:01", LinkType.LINUX_SLL2, ByteOrder.BIG_ENDIAN),
                        packet))
                .isFalse();
        PacketFilter named = PacketFilter.compileInner(
                "ether host 0a:00:00:00:00:02 and src host cart",
                LinkType.RAW,
                ByteOrder.BIG_ENDIAN,
                name -> List.of(address("10.1.0.7")));
        assertThat(matches(named, vxlan)).isTrue();
    }

    @Test
    void compileInner_whatTheLinkTypeCanHave_isAsInner() throws Exception {
        for (Arguments each : encapsulations().toList()) {
            byte[] packet = octets((String) each.get()[1]);
            for (String expression : List.of("tcp dst port 80", "udp", "ip6", "ether dst 02:00:00:00:00:01")) {
                PacketFilter filter = PacketFilter.compileInner(expression, LinkType.ETHERNET, ByteOrder.BIG_ENDIAN);
                assertThat(matches(filter, packet))
                        .as("%s", expression)
                        .isEqualTo(matches(filter(expression).inner(), packet));
                assertThat(filter.program()).isEqualTo(filter(expression).program());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "276, tcp prt 80",
        "276, host cart",
        "276, ether host 02:00:00:00:00:01 and port nosuch",
        "276, tcp and udp",
        "239, ether host 02:00:00:00:00:01",
        "1, inbound",
        "127, tcp"
    })
    void compileInner_whatNothingCanHave_isRefused(int linkType, String expression) {
        assertThatExceptionOfType(FilterSyntaxException.class)
                .isThrownBy(() -> PacketFilter.compileInner(expression, new LinkType(linkType), ByteOrder.BIG_ENDIAN));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void inner_randomOctets_throwNothing() throws Exception {
        Random random = new Random(7);
        PacketFilter filter = filter("tcp port 80 or ip6 host fd00::7").inner();
        List<byte[]> packets =
                encapsulations().map(each -> octets((String) each.get()[1])).toList();
        for (int i = 0; i < 50_000; i++) {
            byte[] packet = packets.get(i % packets.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(packet, random.nextInt(packet.length + 1)));
            assertThatCode(() -> filter.matches(cut, 0, cut.limit(), packet.length))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void inner_manyPackets_allocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        PacketFilter filter = filter("tcp port 81").inner();
        ByteBuffer tagged = ByteBuffer.wrap(octets(MACS + "8100 0001 0800"
                + ip4(17, udp(4789, "08000000 00000100" + INNER_MACS + "8100 0002 0800" + TCP4))));
        run(filter, tagged);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(filter, tagged);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000);
    }

    private static void run(PacketFilter filter, ByteBuffer packet) {
        for (int i = 0; i < 50_000; i++) {
            filter.matches(packet, 0, packet.limit(), packet.limit());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vxlan.pcap",
                "vxlan_port_8472.pcap",
                "geneve.pcap",
                "802.1ad_QinQ.pcap",
                "gso-ipv4-geneve-ipv6.pcap",
                "gso-ipv4-vxlan-ipv4.pcap",
                "gso-ipv6-geneve-ipv4.pcap",
                "gso-ipv6-vxlan-ipv6.pcap"
            })
    void inner_ofTheCorpus_isWhatTsharkDissects(String name) throws Exception {
        Path file = FilterTable.CORPUS.resolve("tcpdump").resolve(name);
        assumeThat(file).as("the corpus is here").exists();
        assumeThat(hasTshark()).as("tshark is installed").isTrue();
        List<List<String>> dissected = dissected(file);
        for (String protocol : List.of("tcp", "udp", "icmp", "arp", "ip6", "ip")) {
            long kept = PacketFiles.filter(file, protocol)
                    .inner()
                    .writeTo(directory.resolve("out"))
                    .copy()
                    .packetsWritten();
            String named = protocol.equals("ip6") ? "ipv6" : protocol;
            assertThat(dissected.stream().filter(layers -> layers.contains(named)))
                    .as("%s", protocol)
                    .hasSize((int) kept);
        }
    }

    private static boolean hasTshark() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "tshark")));
    }

    /** The protocols in each packet. */
    private static List<List<String>> dissected(Path file) throws IOException {
        List<String> command = List.of(
                "tshark", "-r", file.toString(), "-d", "udp.port==8472,vxlan", "-T", "fields", "-e", "frame.protocols");
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = tshark.inputReader().lines()) {
            return lines.map(line -> List.of(line.split(":"))).toList();
        }
    }
}
