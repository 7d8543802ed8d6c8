package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Events on their way to the client of a watch. Who tells of them never waits; a client that lets too many lie loses its watch,
 * as with an API server, and begins a new one where it was. Safe for use by several threads.
 */
final class WatchQueue implements WatchStream.Out {
    /** How many may lie, besides those of the beginning: about as many as an API server keeps for a watch. */
    static final int ROOM = 1000;

    private static final Object END = new Object();
    private static final Object STOP = new Object();

    private final WatchStream.Out client;
    private final Runnable leave;
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private int room = Integer.MAX_VALUE;
    private boolean over;

    /**
     * Makes it.
     *
     * @param leave breaks the connection; waits for nobody
     */
    WatchQueue(WatchStream.Out client, Runnable leave) {
        this.client = client;
        this.leave = leave;
    }

    @Override
    public synchronized void send(Object event) {
        if (over) {
            return;
        }
        if (events.size() < room) {
            events.add(event);
        } else {
            stop();
            leave.run();
        }
    }

    /** Ends the watch behind what lies. */
    @Override
    public synchronized void end() {
        over = true;
        events.add(END);
    }

    /** Bounds what lies from now on: what there was at the beginning is told, however much it is. */
    synchronized void bound() {
        room = events.size() + ROOM;
    }

    /** Drops what lies: the client is gone. */
    synchronized void stop() {
        over = true;
        events.clear();
        events.add(STOP);
    }

    /** Sends until the end. */
    void run() {
        try {
            Object event = events.take();
            while (event != END && event != STOP) {
                client.send(event);
                event = events.take();
            }
            if (event == END) {
                client.end();
            }
        } catch (IOException gone) {
            // The reader of the connection sees it too.
        } catch (InterruptedException e) {
            // Nobody interrupts the threads of a cluster.
            Thread.currentThread().interrupt();
        }
    }
}
