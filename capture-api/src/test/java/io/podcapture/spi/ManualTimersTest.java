package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimersTest {
    private final ManualTimers timers = new ManualTimers();
    private final List<String> ran = new ArrayList<>();
    private final long begin = timers.nanoTime();

    @Test
    void advance_severalDue_runsEachAtItsMomentInOrder() {
        timers.after(Duration.ofSeconds(2), () -> ran.add("b" + elapsed()));
        timers.after(Duration.ofSeconds(1), () -> ran.add("a" + elapsed()));
        timers.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("a1", "b2");
        assertThat(elapsed()).isEqualTo(3);
    }

    @Test
    void advance_taskThatAddsAnother_runsItTooWhenDue() {
        timers.after(Duration.ofSeconds(1), () -> timers.after(Duration.ofSeconds(1), () -> ran.add("late")));
        timers.advance(Duration.ofMillis(1999));
        assertThat(ran).isEmpty();
        timers.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("late");
    }

    @Test
    void cancel_beforeItsTime_neverRuns() {
        timers.after(Duration.ofSeconds(1), () -> ran.add("no")).cancel();
        timers.advance(Duration.ofSeconds(5));
        assertThat(ran).isEmpty();
        assertThat(timers.pending()).isZero();
    }

    private long elapsed() {
        return Duration.ofNanos(timers.nanoTime() - begin).toSeconds();
    }
}
