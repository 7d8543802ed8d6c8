package io.podcapture.testkit.cluster;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A stand-in that runs as a process, seen from inside the cluster: a directory with its arguments, a pipe for each of its
 * outputs and one that its signals come through; see tcpdump.sh. The pipe of signals ends when the process is gone, however
 * it ended.
 */
final class TcpdumpCall {
    private static final List<String> PIPES = List.of("signals", "out", "err");

    private final Path directory;
    private final PodInterfaces interfaces;
    private final Duration blockTimeout;
    private final ClusterThreads threads;

    TcpdumpCall(Path directory, PodInterfaces interfaces, Duration blockTimeout, ClusterThreads threads) {
        this.directory = directory;
        this.interfaces = interfaces;
        this.blockTimeout = blockTimeout;
        this.threads = threads;
    }

    /** Runs it to its end; then nothing is left of the directory. */
    void run() {
        // Each open waits until the process has opened its end of the pipe.
        try (BufferedReader signals = Files.newBufferedReader(directory.resolve("signals"))) {
            signals.readLine();
            serve(signals);
            while (signals.readLine() != null) {
                // It has not read its status yet.
            }
        } catch (IOException gone) {
            // The process was killed while it began.
        } finally {
            delete();
        }
    }

    private void serve(BufferedReader signals) throws IOException {
        try (OutputStream err = Files.newOutputStream(directory.resolve("err"));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve("out")))) {
            TcpdumpStart start = TcpdumpStart.read(directory.resolve("arguments"));
            TcpdumpRun run = new TcpdumpRun(interfaces, blockTimeout, start, out, err);
            threads.start("signals", () -> heed(signals, run));
            int status = 1;
            try {
                status = run.run();
                out.flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Files.writeString(directory.resolve("status"), status + "\n");
            }
        }
    }

    private static void heed(BufferedReader signals, TcpdumpRun run) {
        try {
            for (String signal = signals.readLine(); signal != null; signal = signals.readLine()) {
                if (signal.equals("USR1")) {
                    run.tell();
                } else {
                    run.stop();
                }
            }
        } catch (IOException gone) {
            // Nobody reads its words any more.
        }
        run.stop();
    }

    /** Lets {@link #run} go on where it waits for a process that was killed before it opened its end of a pipe. */
    void release() {
        for (String pipe : PIPES) {
            Path file = directory.resolve(pipe);
            if (Files.exists(file)) {
                // Opened both ways, a pipe does not wait for its other end, and is one.
                try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
                    other.getFD();
                } catch (IOException gone) {
                    // Its end has come meanwhile.
                }
            }
        }
    }

    private void delete() {
        for (String name : List.of("signals", "out", "err", "arguments", "status")) {
            try {
                Files.deleteIfExists(directory.resolve(name));
            } catch (IOException e) {
                // The cluster's end looks for all that is left.
            }
        }
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // As above.
        }
    }
}
