package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.ToolCounters;
import org.junit.jupiter.api.Test;

class PacketCountsTest {
    @Test
    void take_countersThatBeginAgain_growOn() {
        PacketCounts counts = new PacketCounts();
        counts.take(0xffff_fff0, 0xffff_ffff, 7);
        counts.take(0x10, 1, 7);
        counts.take(0x10, 1, 8);
        ToolCounters told = counts.with(5);
        assertThat(told.captured()).hasValue(5);
        assertThat(told.received()).hasValue(0x1_0000_0010L);
        assertThat(told.droppedByKernel()).hasValue(0x1_0000_0001L);
        assertThat(told.droppedByInterface()).hasValue(8);
    }
}
