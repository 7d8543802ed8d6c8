package io.podcapture.testkit.wire;

import static io.podcapture.testkit.wire.Scripts.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCaptureTest {
    private static final int PACKETS = 1000;

    private final Wire wire = Scripts.shop(5);
    private final WireInterface eth0 = wire.interfaceOf("cart", "eth0");
    private final List<WirePacket> given = new ArrayList<>();

    /** Datagrams of 942 octets: 1024 in the kernel buffer. */
    private void burst() {
        wire.every(Duration.ofNanos(10_000)).times(PACKETS).udp("cart", "db", 9, call -> call.request(900));
    }

    private void arpFirst() {
        wire.at(millis(0)).arp("cart", "10.0.2.9");
        wire.advanceTo(millis(1));
    }

    @Test
    void reader_whoIsNeverLate_getsWhatTheInterfaceSaw() throws Exception {
        WireCapture capture = eth0.capture().filter("udp").snaplen(64).start().readBy(Long.MAX_VALUE, given::add);
        burst();
        wire.run();
        assertThat(given).isEqualTo(eth0.captured("udp", 64)).hasSize(PACKETS);
        assertThat(given)
                .allSatisfy(packet -> assertThat(packet.originalLength()).isEqualTo(942));
        assertThat(capture.captured()).isEqualTo(PACKETS);
        assertThat(capture.received()).isEqualTo(PACKETS);
        assertThat(capture.dropped() + capture.left()).isZero();
    }

    @Test
    void block_notFull_isHandedOverASecondAfterItsFirstPacket() throws Exception {
        arpFirst();
        WireCapture capture = eth0.capture().start();
        wire.at(millis(10)).ping("cart", "db", ping -> {});
        wire.advanceTo(millis(1009));
        assertThat(capture.read()).isEmpty();
        assertThat(capture.left()).isEqualTo(2);
        wire.advanceTo(millis(1010));
        assertThat(capture.read()).isPresent();
        assertThat(capture.read()).isPresent();
        assertThat(capture.read()).isEmpty();
        assertThat(capture.captured()).isEqualTo(2);
    }

    @Test
    void block_full_isHandedOverAtOnce() throws Exception {
        arpFirst();
        WireCapture capture = eth0.capture().start();
        burst();
        wire.advanceTo(millis(12));
        int read = 0;
        while (capture.read().isPresent()) {
            read++;
        }
        assertThat(read).as("three blocks of 256").isEqualTo(768);
        assertThat(capture.left()).isEqualTo(PACKETS - 768);
    }

    @Test
    void buffer_full_dropsAndCounts() throws Exception {
        arpFirst();
        WireCapture capture = eth0.capture().kernelBuffer(2 * 262_144).start();
        burst();
        wire.advanceTo(millis(20));
        assertThat(capture.received()).isEqualTo(PACKETS);
        assertThat(capture.left()).isEqualTo(512);
        assertThat(capture.dropped()).isEqualTo(PACKETS - 512);
        for (int i = 0; i < 256; i++) {
            assertThat(capture.read()).isPresent();
        }
        burst();
        wire.advanceTo(millis(40));
        assertThat(capture.captured()).isEqualTo(256);
        assertThat(capture.left()).as("the block that was read has room again").isEqualTo(512);
        assertThat(capture.received()).isEqualTo(capture.captured() + capture.dropped() + capture.left());
    }

    @Test
    void reader_tooSlow_losesWhatAFasterOneGets() throws Exception {
        WireCapture fast = eth0.capture().kernelBuffer(2 * 262_144).start().readBy(1_000_000_000, packet -> {});
        WireCapture slow = eth0.capture().kernelBuffer(2 * 262_144).start().readBy(1_000_000, given::add);
        burst();
        wire.run();
        assertThat(fast.dropped()).isZero();
        assertThat(fast.captured()).isEqualTo(eth0.packets().size());
        assertThat(slow.dropped()).isPositive();
        assertThat(slow.captured() + slow.dropped()).isEqualTo(eth0.packets().size());
        assertThat(given).hasSize((int) slow.captured());
        assertThat(slow.left()).isZero();
    }

    @Test
    void wire_drivenByAReader_isRefused() throws Exception {
        eth0.capture().immediate().start().readBy(1_000_000, packet -> wire.run());
        wire.at(millis(1)).ping("cart", "db", ping -> {});
        assertThatThrownBy(wire::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("within");
    }

    @Test
    void immediate_handsOverAtOnce_butASlotHoldsOnePacket() throws Exception {
        arpFirst();
        WireCapture capture =
                eth0.capture().immediate().snaplen(2000).kernelBuffer(10 * 2080).start();
        wire.at(millis(2)).ping("cart", "db", ping -> {});
        wire.advanceTo(millis(3));
        assertThat(capture.read()).isPresent();
        assertThat(capture.read()).isPresent();
        burst();
        wire.advanceTo(millis(20));
        assertThat(capture.left()).isEqualTo(10);
        assertThat(capture.dropped()).isEqualTo(PACKETS - 10);
    }

    @Test
    void stop_leavesWhatIsInTheBuffer() throws Exception {
        arpFirst();
        WireCapture capture = eth0.capture().start().readBy(Long.MAX_VALUE, given::add);
        burst();
        wire.advanceTo(millis(12));
        capture.stop();
        capture.stop();
        wire.at(millis(20)).ping("cart", "db", ping -> {});
        wire.run();
        assertThat(given).hasSize(768);
        assertThat(capture.received()).isEqualTo(PACKETS);
        assertThat(capture.left()).isEqualTo(PACKETS - 768);
        assertThat(capture.dropped()).isZero();
    }

    @Test
    void loopback_isReceivedTwiceAndCapturedOnce() throws Exception {
        WireCapture lo = wire.interfaceOf("cart", "lo").capture().start().readBy(Long.MAX_VALUE, given::add);
        WireCapture any =
                wire.interfaceOf("cart", "any").capture().filter("udp").start();
        wire.every(millis(1)).times(10).udp("cart", "cart", 9, call -> call.request(1));
        wire.run();
        assertThat(lo.received()).isEqualTo(20);
        assertThat(lo.captured()).isEqualTo(10);
        assertThat(given).isEqualTo(wire.interfaceOf("cart", "lo").captured("", 9000));
        while (any.read().isPresent()) {}
        assertThat(any.received()).isEqualTo(20);
        assertThat(any.captured()).isEqualTo(10);
    }

    @Test
    void capture_toldWhatCannotBe_isRefused() {
        assertThatThrownBy(() -> eth0.capture().filter("tcp prt 80").start()).isInstanceOf(FilterSyntaxException.class);
        assertThatThrownBy(() -> eth0.capture().filter("tcp").filter("udp"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tcp")
                .hasMessageContaining("udp");
        assertThatThrownBy(() -> eth0.capture().start().readBy(0, given::add))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eth0.capture().start().readBy(1, given::add).read())
                .isInstanceOf(IllegalStateException.class);
    }
}
