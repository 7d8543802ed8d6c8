package io.podcapture.testkit.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of a cluster, known so that its end can wait for theirs. */
final class ClusterThreads {
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    void start(String name, Runnable task) {
        Thread thread = new Thread(() -> run(task), "simulated-cluster-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** Waits for all to end, whose reasons to go on are gone. */
    void await() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
