package io.podcapture;

import io.podcapture.spi.PacketSink;
import io.podcapture.spi.Timers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The file of one capture: the octets of its stream, byte-exact, and what is known of them.
 *
 * <p>One thread writes. What it knows is published in volatile fields after each write, for all others.
 */
final class PartFile extends PacketSink {
    private final Path path;
    private final FileChannel channel;
    private final RecordFollower follower;
    private final Timers timers;
    private final CompletableFuture<Void> header = new CompletableFuture<>();
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private final Object lock = new Object();
    private CompletableFuture<Void> awaited = new CompletableFuture<>();
    private volatile long awaitedCount = Long.MAX_VALUE;
    private volatile long records;
    private volatile long loopback;
    private volatile long octets;
    private volatile long lastArrival;
    private volatile boolean writing;
    private volatile Runnable written = () -> {};
    private volatile long limit = Long.MAX_VALUE;

    private PartFile(Path path, FileChannel channel, RecordFollower follower, Timers timers) {
        this.path = path;
        this.channel = channel;
        this.follower = follower;
        this.timers = timers;
        this.lastArrival = timers.nanoTime();
    }

    static PartFile create(Path path, RecordFollower.Loopback loopback, Timers timers) {
        try {
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Path directory = path.getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            FileChannel channel = FileChannel.open(path, options, PrivateFiles.attributes(path));
            return new PartFile(path, channel, new RecordFollower(loopback), timers);
        } catch (IOException e) {
            throw new CaptureException(FailureReason.OUTPUT_FAILED, "cannot create the file " + path + ": " + e, e);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        writing = true;
        try {
            ByteBuffer rest = ByteBuffer.wrap(buffer, offset, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            follower.follow(buffer, offset, length);
        } catch (IOException e) {
            throw new IOException(path + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        } finally {
            publish();
            writing = false;
        }
    }

    @Override
    public boolean isWithinPacket() {
        return follower.octets() != follower.boundary();
    }

    /** Adds what is called after each write, on the thread that writes: it must not block. For one thread. */
    void onWrite(Runnable told) {
        Runnable before = written;
        written = () -> {
            before.run();
            told.run();
        };
    }

    private void publish() {
        lastArrival = timers.nanoTime();
        octets = follower.octets();
        records = follower.records();
        loopback = follower.loopback();
        written.run();
        if (follower.headerSeen()) {
            header.complete(null);
        }
        if (octets >= limit) {
            full.complete(null);
        }
        if (records + loopback >= awaitedCount) {
            synchronized (lock) {
                // Another wait may have begun since; it is told when its own count is there.
                if (records + loopback >= awaitedCount) {
                    awaited.complete(null);
                }
            }
        }
    }

    /** Returns a future that completes when the pcap file header has arrived. */
    CompletableFuture<Void> header() {
        return header;
    }

    /** Returns a future that completes when the file has so many octets. Asked once. */
    CompletableFuture<Void> awaitOctets(long count) {
        limit = count;
        if (octets >= count) {
            full.complete(null);
        }
        return full;
    }

    /** Returns a future that completes when so many packets have arrived, those of a loopback interface counted twice. */
    CompletableFuture<Void> awaitReceived(long count) {
        synchronized (lock) {
            awaited = new CompletableFuture<>();
            awaitedCount = count;
            if (records + loopback >= count) {
                awaited.complete(null);
            }
            return awaited;
        }
    }

    long records() {
        return records;
    }

    long loopback() {
        return loopback;
    }

    /** Returns the packets that the kernel counted for those in the file: loopback packets twice. */
    long received() {
        return records + loopback;
    }

    long octets() {
        return octets;
    }

    boolean headerSeen() {
        return header.isDone();
    }

    boolean writing() {
        return writing;
    }

    /** Returns when a write ended last; now, while one keeps the stream waiting. */
    long lastBusy() {
        return writing ? timers.nanoTime() : lastArrival;
    }

    Path path() {
        return path;
    }

    /**
     * Closes the file at the end of its last whole record.
     *
     * @return the octets behind it that were cut off
     */
    long finish() throws IOException {
        try (channel) {
            // A full disk may have taken part of a write that the follower never saw.
            long boundary = follower.boundary();
            long cut = Math.max(channel.size(), follower.octets()) - boundary;
            if (channel.size() > boundary) {
                channel.truncate(boundary);
            }
            return cut;
        }
    }

    void delete() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new CaptureException(FailureReason.OUTPUT_FAILED, "cannot delete the file " + path + ": " + e, e);
        }
    }

    @Override
    public void close() {
        // The session decides when the file ends, not the method that writes to it.
    }
}
