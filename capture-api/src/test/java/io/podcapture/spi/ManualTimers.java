package io.podcapture.spi;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Timers whose time passes only when a test says so. Tasks run on the thread that advances, in order. */
public final class ManualTimers implements Timers {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Task(long at, long number, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 1_000_000_000;
    private long scheduled;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Handle after(Duration delay, Runnable work) {
        Task task = new Task(now + delay.toNanos(), scheduled++, work);
        tasks.add(task);
        notifyAll();
        return () -> cancel(task);
    }

    /** Lets time pass; each task that is due by then runs at its own moment, also those that other tasks add. */
    public void advance(Duration duration) {
        long until = nanoTime() + duration.toNanos();
        for (Optional<Task> due = nextDue(until); due.isPresent(); due = nextDue(until)) {
            due.get().work().run();
        }
    }

    /** Returns when at least so many tasks wait for their time. */
    public synchronized void awaitPending(int count) throws InterruptedException {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (tasks.size() < count) {
            long left = patience - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("only " + tasks.size() + " of " + count + " tasks were scheduled");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Returns how many tasks wait for their time. */
    public synchronized int pending() {
        return tasks.size();
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    private synchronized Optional<Task> nextDue(long until) {
        Task first = tasks.peek();
        if (first == null || first.at() > until) {
            now = until;
            return Optional.empty();
        }
        tasks.remove();
        now = Math.max(now, first.at());
        return Optional.of(first);
    }
}
