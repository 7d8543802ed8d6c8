package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the places of an output on a thread of its own, so that who fills buffers does not wait for the disk.
 *
 * <p>Waiting is uninterruptible, as writing a file is; an interrupt is kept. A failure of the thread is thrown at the next
 * exchange. The thread begins with the first buffer, and has ended when {@link #close()} returns.
 */
final class WriteBehind implements CaptureOutput.Drain, Runnable {
    private static final int BUFFERS = 8;

    private final List<OutputPlace> places;
    private final ByteBuffer[] buffers = new ByteBuffer[BUFFERS];
    private final long[] wholes = new long[BUFFERS];

    /** The index of the buffer that is being filled; the filling thread's own. */
    private int filling;

    // All below are guarded by this. Full ones are the thread's, the others the filler's.
    private @Nullable Thread thread;
    private int full;
    private boolean draining;
    private boolean ended;
    private @Nullable Throwable failure;

    WriteBehind(List<OutputPlace> places) {
        this.places = List.copyOf(places);
    }

    @Override
    public ByteBuffer empty() {
        ByteBuffer buffer = buffers[filling];
        if (buffer == null) {
            buffer = ReadBuffers.allocate(CaptureOutput.BUFFER_OCTETS);
            buffers[filling] = buffer;
        }
        return buffer.clear();
    }

    @Override
    public ByteBuffer exchange(ByteBuffer filled, long whole) throws IOException {
        wholes[filling] = whole;
        handOver();
        filling = (filling + 1) % BUFFERS;
        return empty();
    }

    private synchronized void handOver() throws IOException {
        if (thread == null) {
            thread = new Thread(this, "podcapture-write");
            thread.setDaemon(true);
            thread.start();
        }
        full++;
        if (full > 1) {
            notifyAll();
        }
        awaitFull(BUFFERS - 1);
        rethrow();
    }

    /** Waits until all that was handed over is written. */
    synchronized void drain() throws IOException {
        draining = true;
        notifyAll();
        awaitFull(0);
        rethrow();
    }

    /** Ends the thread; what it has not written yet, it does not write unless {@link #drain()} was called. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            ended = true;
            notifyAll();
            ending = thread;
        }
        boolean interrupted = false;
        while (ending != null && ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        for (int next = 0; awaitWork(); next = (next + 1) % BUFFERS) {
            Throwable thrown = null;
            try {
                write(buffers[next], wholes[next]);
            } catch (Throwable e) {
                thrown = e;
            }
            written(thrown);
        }
    }

    private void write(ByteBuffer buffer, long whole) throws IOException {
        int octets = buffer.limit();
        for (OutputPlace place : places) {
            buffer.limit(octets).position(0);
            place.write(buffer, whole);
        }
    }

    private synchronized boolean awaitWork() {
        // To be woken costs as much as some hundred packets, so it is for two buffers at least, or the last.
        while (full < (draining ? 1 : 2) && !ended) {
            await();
        }
        return full > 0 && !ended && failure == null;
    }

    private synchronized void written(@Nullable Throwable thrown) {
        full--;
        if (thrown != null) {
            failure = thrown;
            full = 0;
        }
        notifyAll();
    }

    private synchronized void awaitFull(int atMost) {
        boolean interrupted = false;
        while (full > atMost && failure == null) {
            interrupted |= !await();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure != null) {
            throw new IOException("cannot write capture file: " + failure, failure);
        }
    }

    /** False if interrupted. */
    @SuppressWarnings("WaitNotInLoop") // Its callers loop, each on a condition of its own.
    private synchronized boolean await() {
        try {
            wait();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
