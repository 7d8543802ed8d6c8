package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read from one place to its end by two threads, for to copy it out of the system's cache costs more than
 * what most operations do with it. Its octets come in chunks, and who is free reads the next that nobody reads yet: the
 * thread of its own, or the caller where the chunk it wants is not there.
 *
 * <p>An interrupt of the caller does not disturb it, and is kept.
 */
final class ReadAhead implements OctetSource, Runnable {
    /** Of smaller files the second thread would have hardly begun. */
    static final long LEAST_OCTETS = 8 << 20;

    private static final int CHUNKS = 5;
    private static final long NONE = -1;

    private final Path file;
    private final long from;
    private final Chunk[] chunks = new Chunk[CHUNKS];
    private final Thread helper = new Thread(this, "podcapture-read");

    /** What {@link #read} has not given yet of the chunk last taken. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    private boolean ended;

    // All below are guarded by this, but what is in a chunk, which is of the thread that claimed it until it is read.
    private FileChannel channel;
    private long claimed;
    private long given;
    private boolean endSeen;
    private boolean closed;

    /** A part of the file, with room in front for what is left of the part before. */
    static final class Chunk {
        static final int HEADROOM = 128 << 10;
        static final int OCTETS = 256 << 10;

        final ByteBuffer buffer = ReadBuffers.allocate(HEADROOM + OCTETS);
        final ByteBuffer view = buffer.asReadOnlyBuffer();
        int octets;
        private boolean read;
        private @Nullable Throwable failure;
    }

    /**
     * Begins to read.
     *
     * @param channel of the file, closed with this
     * @param from where in the file
     */
    ReadAhead(Path file, FileChannel channel, long from) {
        this.file = file;
        this.channel = channel;
        this.from = from;
        for (int i = 0; i < CHUNKS; i++) {
            chunks[i] = new Chunk();
        }
        helper.setDaemon(true);
        try {
            helper.start();
        } catch (OutOfMemoryError e) {
            // The system has no thread to give: then the caller reads all.
        }
    }

    /** The next octets of the file, valid until the call after the next; null at its end. */
    @Nullable
    Chunk next() throws IOException {
        while (!ended && !isRead()) {
            long mine = claim(1);
            if (mine == NONE) {
                awaitRead();
            } else {
                read(mine);
            }
        }
        return ended ? null : give();
    }

    /** Whether {@link #read} has given the last octet of what it began. */
    boolean atChunk() {
        return !rest.hasRemaining();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!rest.hasRemaining()) {
            Chunk next = next();
            if (next == null) {
                return -1;
            }
            rest = next.buffer.duplicate().position(Chunk.HEADROOM).limit(Chunk.HEADROOM + next.octets);
        }
        int count = Math.min(rest.remaining(), into.remaining());
        into.put(into.position(), rest, rest.position(), count);
        rest.position(rest.position() + count);
        return count;
    }

    @Override
    public void close() throws IOException {
        FileChannel open;
        synchronized (this) {
            closed = true;
            open = channel;
            notifyAll();
        }
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        open.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The second thread's work. */
    @Override
    public void run() {
        for (long mine = awaitClaim(); mine != NONE; mine = awaitClaim()) {
            read(mine);
        }
    }

    private void read(long number) {
        Chunk chunk = chunk(number);
        int octets = 0;
        Throwable thrown = null;
        try {
            octets = fill(chunk.buffer.clear(), from + number * Chunk.OCTETS);
        } catch (Throwable e) {
            thrown = e;
        }
        chunk.octets = octets;
        chunk.failure = thrown;
        synchronized (this) {
            chunk.read = true;
            endSeen |= octets < Chunk.OCTETS;
            notifyAll();
        }
    }

    private int fill(ByteBuffer buffer, long at) throws IOException {
        buffer.position(Chunk.HEADROOM);
        boolean interrupted = false;
        int count = 0;
        while (count >= 0 && buffer.hasRemaining()) {
            interrupted |= Thread.interrupted();
            FileChannel open = channel();
            try {
                count = open.read(buffer, at + buffer.position() - Chunk.HEADROOM);
            } catch (ClosedChannelException e) {
                interrupted |= Thread.interrupted();
                openAgain(open);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        int octets = buffer.position() - Chunk.HEADROOM;
        buffer.clear();
        return octets;
    }

    private synchronized FileChannel channel() {
        return channel;
    }

    /** An interrupt closes a channel for all its readers. */
    private synchronized void openAgain(FileChannel was) throws IOException {
        if (closed) {
            throw new IOException("cannot read capture file " + file + ": it is closed");
        }
        if (channel == was) {
            channel = FileChannel.open(file);
        }
    }

    private Chunk chunk(long number) {
        return chunks[(int) (number % CHUNKS)];
    }

    private synchronized boolean isRead() {
        return given < claimed && chunk(given).read;
    }

    /** Gives the number of a chunk to be read, if there is one besides those last given that are still in use. */
    private synchronized long claim(int inUse) {
        if (endSeen || claimed >= given + CHUNKS - inUse) {
            return NONE;
        }
        chunk(claimed).read = false;
        return claimed++;
    }

    private synchronized long awaitClaim() {
        while (!closed && !endSeen) {
            // The caller may still take the rest of the one before the last.
            long mine = claim(2);
            if (mine != NONE) {
                return mine;
            }
            await();
        }
        return NONE;
    }

    private synchronized void awaitRead() {
        boolean interrupted = false;
        while (!isRead()) {
            interrupted |= !await();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Chunk give() throws IOException {
        Chunk chunk = chunk(given);
        if (chunk.failure != null) {
            throw chunk.failure instanceof IOException e
                    ? e
                    : new IOException("cannot read capture file " + file + ": " + chunk.failure, chunk.failure);
        }
        // A file that grows meanwhile ends here all the same.
        ended = chunk.octets < Chunk.OCTETS;
        given++;
        notifyAll();
        return chunk.octets == 0 ? null : chunk;
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
