package io.podcapture;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A task that can be interrupted and still be waited for: it undoes what it did before it ends. */
final class Work<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Object lock = new Object();
    private boolean cancelled;
    private Thread runner = Thread.currentThread();
    private boolean running;

    static <T> Work<T> begin(Executor executor, Callable<T> task) {
        Work<T> work = new Work<>();
        executor.execute(() -> work.run(task));
        return work;
    }

    CompletableFuture<T> result() {
        return result;
    }

    void interrupt() {
        synchronized (lock) {
            cancelled = true;
            if (running) {
                runner.interrupt();
            }
        }
    }

    private void run(Callable<T> task) {
        synchronized (lock) {
            runner = Thread.currentThread();
            running = true;
            if (cancelled) {
                runner.interrupt();
            }
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
