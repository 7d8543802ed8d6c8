package io.podcapture;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries through what a session has begun, by the executor that the caller gave; what that refuses gets a daemon thread of its
 * own, for it may be the end of a capture, which nothing else would end. Safe for use by several threads.
 */
final class SessionThreads implements Executor {
    private final Executor given;
    private final Executor own = new DaemonThreads("podcapture");
    private final Consumer<String> warnings;
    private final AtomicBoolean told = new AtomicBoolean();

    SessionThreads(Executor given, Consumer<String> warnings) {
        this.given = given;
        this.warnings = warnings;
    }

    @Override
    public void execute(Runnable task) {
        try {
            given.execute(task);
        } catch (RejectedExecutionException e) {
            // Each refusal has words of its own, and a session that is refused once will often be.
            if (told.compareAndSet(false, true)) {
                warnings.accept("the session's executor refused a task, which got a thread of its own: " + e);
            }
            own.execute(task);
        }
    }
}
