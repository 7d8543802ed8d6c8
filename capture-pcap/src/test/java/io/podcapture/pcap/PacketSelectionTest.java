package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketSelectionTest {
    private static final long START = 1_700_000_000L;

    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void output() {
        output = directory.resolve("out");
    }

    /** A packet a second, of UDP to port 53 and ARP by turns. */
    private Path byTurns(int packets) throws IOException {
        return Samples.byTurns(directory.resolve("in"), START, 1, packets);
    }

    @Test
    void filter_ofAPcapFile_keepsWhatMatchesAsItIs() throws Exception {
        SelectionReport report = PacketFiles.filter(byTurns(10), "udp port 53").writeTo(output);

        assertThat(report.copy().packetsRead()).isEqualTo(10);
        assertThat(report.copy().packetsWritten()).isEqualTo(5);
        assertThat(report.refusals()).isEmpty();
        assertThat(Samples.packets(output)).allMatch(packet -> packet.data().equals(ByteBuffer.wrap(Samples.UDP)));
    }

    @Test
    void filter_inverted_keepsTheOthers() throws Exception {
        PacketFiles.filter(byTurns(10), "udp port 53").invert().writeTo(output);

        assertThat(Samples.packets(output))
                .hasSize(5)
                .allMatch(packet -> packet.data().equals(ByteBuffer.wrap(Samples.ARP)));
    }

    @Test
    void filter_ofAWindowWithALimit_endsAtEither() throws Exception {
        Path in = byTurns(100);
        Instant from = Instant.ofEpochSecond(START + 10);

        PacketFiles.filter(in, "arp").from(from).to(from.plusSeconds(9)).writeTo(output);
        assertThat(Samples.packets(output)).hasSize(5);

        SelectionReport limited =
                PacketFiles.filter(in, "arp").from(from).limit(3).writeTo(output);
        assertThat(limited.copy().packetsWritten()).isEqualTo(3);
        assertThat(limited.copy().packetsRead()).isEqualTo(16);
    }

    @Test
    void filter_ofSeveralLinkTypes_hasAProgramForEach() throws Exception {
        Path in = mixed();

        SelectionReport report = PacketFiles.filter(in, "udp port 53").writeTo(output);

        assertThat(Samples.packets(output)).extracting(Packet::interfaceIndex).containsExactly(0, 1);
        assertThat(report.refusals()).isEmpty();
    }

    @Test
    void filter_thatOneLinkTypeCannotHave_saysSoAndKeepsNoneOfIts() throws Exception {
        SelectionReport report = PacketFiles.filter(mixed(), "arp").writeTo(output);

        assertThat(Samples.packets(output)).extracting(Packet::interfaceIndex).containsExactly(0);
        assertThat(report.refusals()).containsOnlyKeys(LinkType.RAW);
        assertThat(report.toString()).contains("RAW");
    }

    /** UDP and ARP on Ethernet, and the same UDP on an interface without link layer. */
    private Path mixed() throws IOException {
        Path file = directory.resolve("mixed");
        try (PcapngWriter writer = PcapngWriter.builder().open(file)) {
            int ethernet = writer.addInterface(
                    InterfaceDescription.builder(LinkType.ETHERNET).build());
            writer.write(ethernet, START * 1_000_000_000, ByteBuffer.wrap(Samples.UDP), Samples.UDP.length);
            writer.write(ethernet, START * 1_000_000_000, ByteBuffer.wrap(Samples.ARP), Samples.ARP.length);
            int raw = writer.addInterface(
                    InterfaceDescription.builder(LinkType.RAW).build());
            int length = Samples.UDP.length - 14;
            writer.write(raw, START * 1_000_000_000, ByteBuffer.wrap(Samples.UDP, 14, length), length);
        }
        return file;
    }

    @Test
    void filter_thatIsWrong_leavesNoFile() throws IOException {
        for (Path in : List.of(byTurns(2), mixed(), Samples.file(directory, "empty", Samples.pcap(1)))) {
            assertThatThrownBy(() -> PacketFiles.filter(in, "udp prot 53").writeTo(output))
                    .isInstanceOf(FilterSyntaxException.class)
                    .hasMessageContaining("column 5");
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void filter_thatNamesAHost_needsAResolver() throws Exception {
        Path in = byTurns(10);
        InetAddress cart = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});

        assertThatThrownBy(() -> PacketFiles.filter(in, "host cart").writeTo(output))
                .isInstanceOf(FilterSyntaxException.class);
        PacketFiles.filter(in, "host cart").resolver(name -> List.of(cart)).writeTo(output);
        assertThat(Samples.packets(output)).hasSize(5);
    }

    @Test
    void options_thatMakeNoSense_areRefused() throws IOException {
        Path in = byTurns(1);
        Instant now = Instant.ofEpochSecond(START);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.filter(in, "").limit(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.filter(in, "")
                        .from(now)
                        .to(now.minusSeconds(1))
                        .writeTo(output));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFiles.filter(in, "").writeTo(in));
    }
}
