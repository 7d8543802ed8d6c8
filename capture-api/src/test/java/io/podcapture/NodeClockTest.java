package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private MemoryCapture capture;
    private Instant now = START;
    private NodeClock clock;

    @BeforeEach
    void begin() {
        capture = new MemoryCapture(new NoSink());
        clock = new NodeClock(capture, () -> now);
    }

    @Test
    void offset_neverRead_isUnknown() {
        assertThat(clock.offset()).isEmpty();
        capture.clock = CompletableFuture.completedFuture(Optional.empty());
        assertThat(clock.read()).isCompleted();
        assertThat(clock.offset()).isEmpty();
    }

    @Test
    void read_answerTakesItsTime_isTakenInTheMiddleOfIt() {
        answer(Duration.ofMillis(40), START.plusSeconds(5), Duration.ofMillis(1));
        assertThat(clock.offset()).hasValue(new ClockOffset(Duration.ofMillis(4980), Duration.ofMillis(21)));
    }

    @Test
    void read_severalTimes_keepsTheOneWithTheLeastError() {
        answer(Duration.ofMillis(40), START.minusSeconds(5), Duration.ZERO);
        answer(Duration.ofMillis(2), START.minusSeconds(5), Duration.ZERO);
        answer(Duration.ofMillis(90), START.plusSeconds(99), Duration.ZERO);
        assertThat(clock.offset().orElseThrow().error()).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_010_000));
    }

    @Test
    void read_longAfter_countsTheDriftOfTheOldOne() {
        answer(Duration.ofMillis(2), START.plusSeconds(5), Duration.ZERO);
        now = START.plusSeconds(600);
        assertThat(clock.offset().orElseThrow().error()).isBetween(Duration.ofMillis(60), Duration.ofMillis(62));
        CompletableFuture<Optional<ClockReading>> answer = new CompletableFuture<>();
        capture.clock = answer;
        clock.read();
        answer.complete(Optional.of(new ClockReading(START.plusSeconds(607), Duration.ofMillis(20))));
        assertThat(clock.offset()).hasValue(new ClockOffset(Duration.ofSeconds(7), Duration.ofMillis(20)));
    }

    @Test
    void offset_moment_isMovedAndWidened() {
        ClockOffset ahead = new ClockOffset(Duration.ofSeconds(5), Duration.ofMillis(10));
        assertThat(ahead.earliest(START)).isEqualTo(START.plusMillis(4990));
        assertThat(ahead.latest(START)).isEqualTo(START.plusMillis(5010));
    }

    private void answer(Duration after, Instant time, Duration error) {
        CompletableFuture<Optional<ClockReading>> answer = new CompletableFuture<>();
        capture.clock = answer;
        clock.read();
        now = now.plus(after);
        answer.complete(Optional.of(new ClockReading(time, error)));
    }

    private static final class NoSink extends io.podcapture.spi.PacketSink {
        @Override
        public void write(byte[] octets, int offset, int length) {}
    }
}
