package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.podcapture.pcap.LinkType;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterAllocationTest {
    private static final int PACKETS = 50_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"tcp port 80 or udp", "ip[ip[0] * 2] + len / 3 > ip[2:2] * ip[8]", "protochain 6"})
    void matches_manyPackets_allocatesNothing(String expression) throws FilterSyntaxException {
        assumeThat(threads.isThreadAllocatedMemorySupported()).isTrue();
        PacketFilter filter = PacketFilter.compile(expression, LinkType.ETHERNET, 0);
        ByteBuffer packet = ByteBuffer.allocate(80).putShort(12, (short) 0x0800).put(14, (byte) 0x45);
        run(filter, packet);

        long before = threads.getCurrentThreadAllocatedBytes();
        run(filter, packet);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PACKETS / 10);
    }

    private static void run(PacketFilter filter, ByteBuffer packet) {
        for (int i = 0; i < PACKETS; i++) {
            filter.matches(packet, 0, 80, 80);
        }
    }
}
