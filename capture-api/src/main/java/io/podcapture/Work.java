package io.podcapture;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A task that can be interrupted and still be waited for: it undoes what it did before it ends. */
final class Work<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Object lock = new Object();
    private boolean begun;
    private boolean cancelled;
    private Thread runner = Thread.currentThread();
    private boolean running;

    static <T> Work<T> begin(Executor executor, Callable<T> task) {
        Work<T> work = new Work<>();
        executor.execute(() -> work.run(task));
        return work;
    }

    /** Returns one that could not begin. */
    static <T> Work<T> failed(Exception why) {
        Work<T> work = new Work<>();
        work.result.completeExceptionally(why);
        return work;
    }

    /** Returns one that is over. */
    static <T> Work<T> done(T value) {
        Work<T> work = new Work<>();
        work.result.complete(value);
        return work;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** Interrupts it; where it has not begun yet it never will, and is over. */
    void interrupt() {
        boolean never;
        synchronized (lock) {
            cancelled = true;
            never = !begun;
            if (running) {
                runner.interrupt();
            }
        }
        // A pool that is full or closed may run it late, or not at all.
        if (never) {
            result.completeExceptionally(new InterruptedException("it was given up before it began"));
        }
    }

    private void run(Callable<T> task) {
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            begun = true;
            runner = Thread.currentThread();
            running = true;
        }
        try {
            T value = task.call();
            done();
            result.complete(value);
        } catch (Throwable e) {
            done();
            result.completeExceptionally(e);
        }
    }

    private void done() {
        synchronized (lock) {
            running = false;
        }
    }
}
