package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses on a thread of its own, ahead of its reader by a few chunks, which pass to and fro between them.
 *
 * <p>The thread begins with the first read. It ends with the file, at a failure, which the reader gets after the octets
 * before it, and by {@link #close()}; then it closes the source, which is its own. Waiting is uninterruptible, as reading
 * a file is; an interrupt is kept.
 */
final class GzipSource implements OctetSource {
    private static final int CHUNKS = 4;
    private static final int MAX_CHUNK = 64 << 10;
    private static final int MIN_CHUNK = 8 << 10;

    /** A source that another thread is blocked in may hold that thread up, which must not hold up who closes. */
    private static final int LINGER_MILLIS = 1_000;

    private final OctetSource compressed;
    private final byte[][] chunks;
    private final int[] lengths = new int[CHUNKS];

    /** Where the reader is in the first full chunk; the reader's own. */
    private int position;

    // All below are guarded by this. A full chunk is the reader's, any other the thread's.
    private @Nullable Thread thread;
    private int firstFull;
    private int full;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    GzipSource(OctetSource compressed, int bufferOctets) {
        this.compressed = compressed;
        chunks = new byte[CHUNKS][Math.max(MIN_CHUNK, Math.min(bufferOctets, MAX_CHUNK))];
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int chunk = awaitFull();
        if (chunk < 0) {
            return -1;
        }
        int count = Math.min(into.remaining(), lengths[chunk] - position);
        into.put(into.position(), chunks[chunk], position, count);
        position += count;
        if (position == lengths[chunk]) {
            position = 0;
            giveBack();
        }
        return count;
    }

    private synchronized int awaitFull() throws IOException {
        if (thread == null && !closed) {
            thread = new Thread(this::decompress, "podcapture-gunzip");
            thread.setDaemon(true);
            thread.start();
        }
        boolean interrupted = false;
        while (full == 0 && !ended && !closed) {
            interrupted |= !await();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (full > 0 && !closed) {
            return firstFull;
        }
        rethrow();
        return -1;
    }

    private void rethrow() throws IOException {
        if (closed) {
            throw new IOException("cannot read capture file: it is closed");
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure != null) {
            throw new IOException("cannot decompress capture file: " + failure, failure);
        }
    }

    private synchronized void giveBack() {
        firstFull = (firstFull + 1) % CHUNKS;
        full--;
        notifyAll();
    }

    private void decompress() {
        Throwable thrown = null;
        try (GzipDecoder decoder = new GzipDecoder(compressed, chunks[0].length / 2)) {
            for (int chunk = 0; awaitEmpty(); chunk = (chunk + 1) % CHUNKS) {
                int count = decoder.read(chunks[chunk]);
                if (count < 0) {
                    break;
                }
                lengths[chunk] = count;
                handOver();
            }
        } catch (Throwable e) {
            thrown = e;
        }
        try {
            compressed.close();
        } catch (IOException e) {
            thrown = thrown == null ? e : thrown;
        }
        end(thrown);
    }

    private synchronized boolean awaitEmpty() {
        while (full == CHUNKS && !closed) {
            await();
        }
        return !closed;
    }

    private synchronized void handOver() {
        full++;
        notifyAll();
    }

    private synchronized void end(@Nullable Throwable thrown) {
        failure = thrown;
        ended = true;
        notifyAll();
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

    @Override
    public void close() throws IOException {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
            notifyAll();
        }
        if (ending == null) {
            compressed.close();
            return;
        }
        try {
            compressed.end();
        } finally {
            join(ending);
        }
    }

    /** An interrupt from before does not cut the wait short; one that comes within it does. */
    private static void join(Thread ending) {
        boolean interrupted = Thread.interrupted();
        try {
            // Not each stream wakes its reader when it is closed: a piped one does not.
            ending.interrupt();
            ending.join(LINGER_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
