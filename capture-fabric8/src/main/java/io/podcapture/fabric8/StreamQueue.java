package io.podcapture.fabric8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/**
 * One output of a remote process: frames that have arrived and are not read yet. Guarded by the lock of its credit.
 *
 * <p>Frames are kept as they came, without a copy: the clients promise not to touch them again.
 */
final class StreamQueue extends InputStream {
    /** What a frame costs besides its octets; without it a million tiny frames would count as nothing. */
    private static final int FRAME_COST = 128;

    private final Credit credit;
    private final int capacity;
    private final Condition changed;
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private long held;
    private boolean discarding;
    private boolean ended;
    private Optional<IOException> broken = Optional.empty();

    StreamQueue(Credit credit, int capacity) {
        this.credit = credit;
        this.capacity = capacity;
        this.changed = credit.lock.newCondition();
    }

    void add(ByteBuffer octets) {
        credit.lock.lock();
        try {
            if (octets.hasRemaining() && !discarding && !ended) {
                frames.add(octets);
                held += octets.remaining() + FRAME_COST;
                changed.signal();
            }
        } finally {
            credit.lock.unlock();
        }
    }

    /** No more will come; the reader still gets what has arrived. */
    void end() {
        end(Optional.empty());
    }

    /** The connection broke; the reader still gets what has arrived, and then the failure. */
    void fail(IOException failure) {
        end(Optional.of(failure));
    }

    boolean hasRoom() {
        return held < capacity;
    }

    boolean hasDrained() {
        return held <= capacity / 2;
    }

    @Override
    public int available() {
        credit.lock.lock();
        try {
            ByteBuffer first = frames.peek();
            return first == null ? 0 : first.remaining();
        } finally {
            credit.lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        int count;
        credit.lock.lock();
        try {
            awaitFrame();
            if (frames.isEmpty()) {
                if (broken.isPresent()) {
                    throw new IOException(broken.get().getMessage(), broken.get());
                }
                return -1;
            }
            count = take(buffer, offset, length);
        } finally {
            credit.lock.unlock();
        }
        credit.drained();
        return count;
    }

    /** Drops what is there and what will come, so that the other output of the process is not held up. */
    @Override
    public void close() {
        credit.lock.lock();
        try {
            discarding = true;
            frames.clear();
            held = 0;
        } finally {
            credit.lock.unlock();
        }
        credit.drained();
    }

    private void awaitFrame() throws InterruptedIOException {
        try {
            while (frames.isEmpty() && !ended && !discarding) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for data");
        }
    }

    private int take(byte[] buffer, int offset, int length) {
        int taken = 0;
        for (ByteBuffer first = frames.peek(); first != null && taken < length; first = frames.peek()) {
            int count = Math.min(first.remaining(), length - taken);
            first.get(buffer, offset + taken, count);
            taken += count;
            held -= count;
            if (!first.hasRemaining()) {
                frames.remove();
                held -= FRAME_COST;
            }
        }
        return taken;
    }

    private void end(Optional<IOException> failure) {
        credit.lock.lock();
        try {
            if (!ended) {
                ended = true;
                broken = failure;
                changed.signalAll();
            }
        } finally {
            credit.lock.unlock();
        }
    }
}
