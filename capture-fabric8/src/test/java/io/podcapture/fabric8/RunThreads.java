package io.podcapture.fabric8;

import java.util.concurrent.Executor;

/** Threads of one session, known by their name: that of its namespace. */
record RunThreads(String namespace) implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "podcapture-" + namespace);
        thread.setDaemon(true);
        thread.start();
    }
}
