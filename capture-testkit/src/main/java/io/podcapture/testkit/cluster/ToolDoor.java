package io.podcapture.testkit.cluster;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pipe by which stand-ins tell that they have begun: each writes one line, the name of its directory. */
final class ToolDoor implements Closeable {
    private static final long PATIENCE_SECONDS = 10;
    private static final String CLOSE = "close";

    private final RandomAccessFile pipe;
    private final Path file;
    private final Duration blockTimeout;
    private final ClusterThreads threads;
    private final Map<Path, PodInterfaces> places = new ConcurrentHashMap<>();
    private boolean closed;
    private final Set<TcpdumpCall> calls = ConcurrentHashMap.newKeySet();

    private ToolDoor(Path file, RandomAccessFile pipe, Duration blockTimeout, ClusterThreads threads) {
        this.file = file;
        this.pipe = pipe;
        this.blockTimeout = blockTimeout;
        this.threads = threads;
    }

    static ToolDoor open(Path directory, Duration blockTimeout, ClusterThreads threads) throws IOException {
        Path file = directory.resolve("door");
        Process maker =
                new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
        try {
            if (!maker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || maker.exitValue() != 0) {
                throw new IOException("mkfifo could not make " + file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a pipe was made", e);
        }
        // Open both ways it does not wait for the first to come, and does not end with the last.
        ToolDoor door = new ToolDoor(file, new RandomAccessFile(file.toFile(), "rw"), blockTimeout, threads);
        threads.start("door", door::serve);
        return door;
    }

    Path file() {
        return file;
    }

    /** Lets stand-ins of a directory see these interfaces. */
    void admit(Path place, PodInterfaces interfaces) {
        places.put(place, interfaces);
    }

    private void serve() {
        try {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(pipe.getChannel()), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.equals(CLOSE); line = lines.readLine()) {
                Path directory = Path.of(line);
                PodInterfaces interfaces = places.get(directory.getParent());
                if (interfaces != null) {
                    begin(new TcpdumpCall(directory, interfaces, blockTimeout, threads));
                }
            }
        } catch (IOException closed) {
            // Nothing comes any more.
        }
    }

    private synchronized void begin(TcpdumpCall call) {
        if (closed) {
            return;
        }
        calls.add(call);
        threads.start("tcpdump", () -> {
            try {
                call.run();
            } finally {
                calls.remove(call);
            }
        });
    }

    /** Ends the service; the processes are gone already. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
        }
        // One that has not opened a pipe yet must find its other end too.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!calls.isEmpty() && System.nanoTime() - deadline < 0) {
            calls.forEach(TcpdumpCall::release);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        pipe.write((CLOSE + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Closes the pipe, when its thread has ended. */
    void release() throws IOException {
        pipe.close();
    }
}
