package io.podcapture.testkit.cluster;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of a cluster, known so that its end can wait for theirs. */
final class ClusterThreads {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

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

    /** Waits for all to end, whose reasons to go on are gone, and for those that they still start. */
    void await() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        Iterator<Thread> left = threads.iterator();
        while (left.hasNext() && System.nanoTime() - deadline < 0) {
            try {
                left.next().join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = threads.iterator();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
