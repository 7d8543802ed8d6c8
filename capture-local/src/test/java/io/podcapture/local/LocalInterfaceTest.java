package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CaptureStatistics;
import io.podcapture.DrainProof;
import io.podcapture.FailureReason;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.testkit.PacketSource;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a capture of interfaces by libpcap has in it. */
class LocalInterfaceTest {
    private static TestLink link;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeLink() throws Exception {
        link = TestLink.make();
    }

    @AfterAll
    static void removeLink() {
        if (link != null) {
            link.close();
        }
    }

    @Test
    void capture_ofOneInterface_isEthernetWithNanosecondsAndProvenByCounters() throws Exception {
        PacketSource source = link.packets();
        CaptureResult result;
        try (CaptureSession session = on(link.name()).filter(TestLink.FILTER).start()) {
            source.send(300);
            result = session.stop().requireComplete();
        }
        PointResult point = result.points().get(0);
        assertThat(point.drain()).isEqualTo(DrainProof.COUNTERS);
        CaptureStatistics counted = point.statistics();
        assertThat(counted.packets()).isEqualTo(300);
        assertThat(counted.captured()).hasValue(300);
        assertThat(counted.received()).hasValue(300);
        assertThat(counted.droppedByKernel()).hasValue(0);
        assertThat(counted.droppedByInterface()).hasValue(0);
        try (PacketCursor packets = PacketCursor.open(file())) {
            long odd = 0;
            while (packets.next()) {
                assertThat(packets.linkType()).isEqualTo(LinkType.ETHERNET);
                odd += packets.timestampNanos() % 1000 == 0 ? 0 : 1;
            }
            assertThat(odd).isPositive();
        }
    }

    @Test
    void capture_ofAny_saysInterfacesOfPackets() throws Exception {
        PacketSource source = link.packets();
        try (CaptureSession session = on("any").filter(TestLink.FILTER).start()) {
            source.send(1);
            session.stop().requireComplete();
        }
        try (PacketCursor packets = PacketCursor.open(file())) {
            assertThat(packets.next()).isTrue();
            assertThat(packets.linkType()).isEqualTo(LinkType.LINUX_SLL2);
        }
    }

    @Test
    void capture_ofSeveral_givesEachItsOwn() throws Exception {
        PacketSource source = link.packets();
        try (CaptureSession session = on(link.name(), "lo").filter("udp port 9").start()) {
            source.send(2);
            sendToSelf(3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).extracting(PointResult::interfaceName).containsExactly(link.name(), "lo");
            assertThat(result.points().get(0).statistics().packets()).isEqualTo(2);
            // The kernel counts both ways of a loopback packet, and libpcap gives out one.
            assertThat(result.points().get(1).statistics().packets()).isGreaterThanOrEqualTo(3);
            assertThat(result.points().get(1).statistics().received().getAsLong())
                    .isEqualTo(2 * result.points().get(1).statistics().packets());
        }
    }

    @Test
    void capture_withSmallSnaplen_keepsLengths() throws Exception {
        PacketSource source = link.packets();
        try (CaptureSession session =
                on(link.name()).filter(TestLink.FILTER).snaplen(40).start()) {
            source.send(1);
            session.stop().requireComplete();
        }
        try (PacketCursor packets = PacketCursor.open(file())) {
            assertThat(packets.next()).isTrue();
            assertThat(packets.capturedLength()).isEqualTo(40);
            assertThat(packets.originalLength()).isEqualTo(14 + 20 + 8 + "packet-0".length());
        }
    }

    @Test
    void interface_unknown_isToldWhatThereIs() {
        CaptureException thrown =
                catchThrowableOfType(CaptureException.class, on("nosuch9").build()::start);
        assertThat(thrown)
                .returns(FailureReason.INTERFACE_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining("\"nosuch9\"")
                .hasMessageContaining("there are ")
                .hasMessageContaining(link.name())
                .hasMessageContaining("lo");
    }

    private CaptureSession.Builder on(String... interfaces) {
        return CaptureSession.builder()
                .target(Targets.localMachine())
                .via(LocalMethods.local())
                .interfaces(interfaces)
                .writeTo(file());
    }

    private Path file() {
        return directory.resolve("capture.pcapng");
    }

    private static void sendToSelf(int count) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < count; i++) {
                socket.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getLoopbackAddress(), 9));
            }
        }
    }
}
