package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePoint;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.ToolCounters;
import java.time.Duration;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LiveReadingTest {
    private static final int FAR_TOO_MANY = 8000;
    private static final int RECORD = 16 + 14 + 20 + 8 + "packet-1000".length();

    private long written;

    private final PacketSink sink = new PacketSink() {
        @Override
        public void write(byte[] octets, int offset, int length) {
            written += length;
        }
    };

    @Test
    void counts_ofAFullKernelBuffer_addUp() throws Exception {
        try (TestLink link = TestLink.make();
                LiveInterface live = InterfaceOpening.open(request(link.name()))) {
            LiveReading reading = new LiveReading(live, new RecordBuffer(sink, live.snaplen()), Long.MAX_VALUE);
            link.packets().send(FAR_TOO_MANY);
            Awaitility.await("what the kernel kept")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        reading.takeRound();
                        ToolCounters now = reading.counts();
                        return now.captured().getAsLong()
                                == now.received().getAsLong()
                                        - now.droppedByKernel().getAsLong();
                    });
            ToolCounters counts = reading.counts();
            assertThat(counts.received()).hasValue(FAR_TOO_MANY);
            assertThat(counts.droppedByKernel().getAsLong()).isPositive();
            assertThat(counts.captured().getAsLong()).isPositive();
            assertThat(written)
                    .isBetween(
                            counts.captured().getAsLong() * (RECORD - 3),
                            counts.captured().getAsLong() * RECORD);
        }
    }

    private static CaptureRequest request(String interfaceName) {
        return new CaptureRequest(
                Targets.localMachine(),
                CapturePoint.builder("machine/local", "here").build(),
                interfaceName,
                TestLink.FILTER,
                1 << 18,
                4096,
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
