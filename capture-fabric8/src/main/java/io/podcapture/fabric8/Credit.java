package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks a connection for its next frame as long as there is room for it.
 *
 * <p>One frame is asked for at a time: some clients add requests up, and would fill the heap after a pause of the reader.
 * It is asked for when the one before arrives, not when it is read: some clients drop what was not yet asked for when a
 * connection breaks. The queues fill up and are read under the same lock.
 */
final class Credit {
    final ReentrantLock lock = new ReentrantLock();
    private List<StreamQueue> queues = List.of();
    private Optional<WebSocket> connection = Optional.empty();
    // Clients ask for the first frame by themselves.
    private boolean asked = true;
    private boolean over;

    void covers(StreamQueue... covered) {
        lock.lock();
        try {
            queues = List.of(covered);
        } finally {
            lock.unlock();
        }
    }

    void opened(WebSocket webSocket) {
        lock.lock();
        try {
            connection = Optional.of(webSocket);
        } finally {
            lock.unlock();
        }
    }

    /** The connection has ended: there is nothing left to ask. */
    void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the connection owes us something: a frame, or that it has ended. */
    boolean outstanding() {
        lock.lock();
        try {
            return asked || over;
        } finally {
            lock.unlock();
        }
    }

    /** A frame arrived and is in its queue. */
    void arrived() {
        ask(true);
    }

    /** A reader took something. */
    void drained() {
        ask(false);
    }

    // Asked outside the lock: some clients deliver the next frame within this very call.
    private void ask(boolean onArrival) {
        Optional<WebSocket> next = Optional.empty();
        lock.lock();
        try {
            asked = asked && !onArrival;
            boolean room = queues.stream().allMatch(onArrival ? StreamQueue::hasRoom : StreamQueue::hasDrained);
            if (!asked && !over && room) {
                asked = connection.isPresent();
                next = connection;
            }
        } finally {
            lock.unlock();
        }
        next.ifPresent(WebSocket::request);
    }
}
