package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A regular file, which may be left and read again from any place. An interrupt of the reading thread does not disturb
 * it, and is kept.
 */
final class FileSource implements OctetSource {
    /** The JDK keeps as much memory for each thread as was ever read at once into an array. */
    private static final int MOST_AT_ONCE = 256 << 10;

    private final Path file;
    private Descriptors descriptors;
    private @Nullable FileChannel channel;
    private long position;
    private boolean readLately;

    /** Where its descriptors have it while it is open. */
    int slot;

    /** Set by any thread; all else is of the one that reads. */
    private volatile boolean closed;

    FileSource(Path file, Descriptors descriptors) {
        this.file = file;
        this.descriptors = descriptors;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.isDirect() && into.remaining() > MOST_AT_ONCE) {
            into.limit(into.position() + MOST_AT_ONCE);
        }
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    /** Reads from a place, without going there. */
    int read(ByteBuffer into, long from) throws IOException {
        return (int) undisturbed(into, from);
    }

    /** Reads, or tells the file's size if there is nothing to read into. */
    private long undisturbed(@Nullable ByteBuffer into, long from) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    FileChannel open = channel();
                    return into == null ? open.size() : open.read(into, from);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    leave();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reads from there next. */
    void seek(long to) {
        position = to;
    }

    /** Keeps a descriptor of its own from now on, for another thread reads it. */
    FileSource alone() throws IOException {
        leave();
        descriptors = new Descriptors();
        return this;
    }

    /** How many octets there are behind the place that is read next. */
    long left() throws IOException {
        return undisturbed(null, 0) - position;
    }

    /** Leaves the rest of the file to what reads it with two threads. */
    ReadAhead readAhead() throws IOException {
        ReadAhead ahead = new ReadAhead(file, channel(), position);
        descriptors.closed(this);
        channel = null;
        return ahead;
    }

    boolean wasReadLately() {
        boolean was = readLately;
        readLately = false;
        return was;
    }

    void closeChannel() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** A file's read does not wait, so there is none to be woken. */
    @Override
    public void end() {
        closed = true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        leave();
    }

    private void leave() throws IOException {
        if (channel != null) {
            descriptors.closed(this);
            closeChannel();
        }
    }

    private FileChannel channel() throws IOException {
        if (closed) {
            throw new IOException("cannot read capture file " + file + ": it is closed");
        }
        readLately = true;
        FileChannel open = channel;
        if (open == null) {
            open = descriptors.open(file, this);
            channel = open;
        }
        return open;
    }
}
