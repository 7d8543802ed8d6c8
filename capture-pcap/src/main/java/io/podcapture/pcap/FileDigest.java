package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The SHA-256 of a file, computed on a thread of its own from a descriptor of its own. */
final class FileDigest implements Closeable {
    private static final int BUFFER_OCTETS = 64 << 10;

    private final FutureTask<String> task;
    private volatile boolean closed;

    private FileDigest(Path file) {
        task = new FutureTask<>(() -> digest(file));
    }

    static FileDigest start(Path file) throws IOException {
        ReadAgain.check(file, "its SHA-256 is computed beside");
        FileDigest digest = new FileDigest(file);
        Thread thread = new Thread(digest.task, "podcapture-sha256");
        thread.setDaemon(true);
        thread.start();
        return digest;
    }

    /** Waits for it. An interrupt is kept for later: the wait is as long as the file, as is the walk beside it. */
    String hex() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot compute the SHA-256: " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has the thread end at its next read, unless it has. */
    @Override
    public void close() {
        closed = true;
    }

    private String digest(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[BUFFER_OCTETS];
        try (InputStream in = Files.newInputStream(file)) {
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (closed) {
                    throw new CancellationException("no longer asked for");
                }
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
