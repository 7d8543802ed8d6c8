package io.podcapture;

import io.podcapture.spi.ClockReading;
import io.podcapture.spi.RunningCapture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The clock that stamps a capture's packets, seen from here. Of several readings the one with the least error counts: most of
 * the error is the time that the answer took. Guarded by itself.
 */
final class NodeClock {
    private final RunningCapture capture;
    private final InstantSource ours;
    private Optional<ClockOffset> best = Optional.empty();

    NodeClock(RunningCapture capture, InstantSource ours) {
        this.capture = capture;
        this.ours = ours;
    }

    /** Asks it once; the future completes when it answered, or cannot. */
    CompletableFuture<Void> read() {
        Instant asked = ours.instant();
        return capture.clock()
                .toCompletableFuture()
                .thenAccept(told -> told.ifPresent(reading -> take(asked, reading)));
    }

    synchronized Optional<ClockOffset> offset() {
        return best;
    }

    private synchronized void take(Instant asked, ClockReading reading) {
        Duration half = Duration.between(asked, ours.instant()).dividedBy(2);
        Duration offset = Duration.between(asked.plus(half), reading.time());
        Duration error = half.abs().plus(reading.error());
        if (best.isEmpty() || error.compareTo(best.get().error()) <= 0) {
            best = Optional.of(new ClockOffset(offset, error));
        }
    }
}
