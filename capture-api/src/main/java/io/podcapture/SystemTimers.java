package io.podcapture;

import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The machine's clock and the JDK's own delay thread. */
final class SystemTimers implements Timers {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Handle after(Duration delay, Runnable task) {
        CompletableFuture<Void> later = new CompletableFuture<>();
        CompletableFuture<Void> timed = later.completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        timed.thenRun(task);
        return () -> later.cancel(false);
    }
}
