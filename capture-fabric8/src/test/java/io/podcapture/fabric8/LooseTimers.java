package io.podcapture.fabric8;

import io.podcapture.spi.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Timers for what looks once a second; its seconds pass when a test says so. */
final class LooseTimers implements Timers {
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

    /** Runs what waits now, but not what that adds. */
    void passSecond() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.removeAll(due);
        due.forEach(Runnable::run);
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public long nanoTime() {
        throw new UnsupportedOperationException("nobody measures");
    }

    @Override
    public Handle after(Duration delay, Runnable task) {
        if (!delay.equals(Duration.ofSeconds(1))) {
            throw new UnsupportedOperationException("not a second but " + delay);
        }
        waiting.add(task);
        return () -> waiting.remove(task);
    }
}
