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
 * the error is the time that the answer took. An old reading has the drift since then on top. Guarded by itself.
 */
final class NodeClock {
    // Two clocks that nobody sets drift apart by less than one part of so many.
    private static final long DRIFT = 10_000;

    private final RunningCapture capture;
    private final InstantSource ours;
    private Optional<ClockOffset> best = Optional.empty();
    private Instant bestAt = Instant.EPOCH;

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
        return best.map(found -> new ClockOffset(found.offset(), error(found)));
    }

    private Duration error(ClockOffset found) {
        return found.error().plus(Duration.between(bestAt, ours.instant()).abs().dividedBy(DRIFT));
    }

    private synchronized void take(Instant asked, ClockReading reading) {
        Duration half = Duration.between(asked, ours.instant()).dividedBy(2);
        Duration offset = Duration.between(asked.plus(half), reading.time());
        Duration error = half.abs().plus(reading.error());
        if (best.isEmpty() || error.compareTo(error(best.get())) <= 0) {
            bestAt = ours.instant();
            best = Optional.of(new ClockOffset(offset, error));
        }
    }
}
