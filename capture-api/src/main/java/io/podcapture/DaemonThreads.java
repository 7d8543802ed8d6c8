package io.podcapture;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives each task a thread of its own, which ends with it: the library owns no pool. */
final class DaemonThreads implements Executor {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }
}
