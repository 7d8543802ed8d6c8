package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files that a capture writes in a pod, from there to the sink. Fetched by one thread; {@link #close} by any. */
final class SpoolFiles implements AutoCloseable {
    // Not every tar fills its last block of records up; who waited for that would wait for ever.
    private static final int TAR_RECORD = 512;
    private static final int SILENCE_SECONDS = 12;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    // Where the connection has just been lost, another one comes at once or not at all.
    private static final Duration CONNECT_AFTER_LOSS = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    private final OwnTraffic.Shell shell;
    private final MethodContext context;
    private final PacketStream sink;
    private final String directory;
    private Duration connect = CONNECT;
    private volatile boolean closed;
    private volatile Optional<RemoteProcess> running = Optional.empty();

    SpoolFiles(OwnTraffic.Shell shell, MethodContext context, PacketSink sink) {
        this.shell = shell;
        this.context = context;
        this.sink = new PacketStream(sink);
        this.directory = SidecarContainer.DIRECTORY + "/" + context.sessionId() + "-" + RandomHex.of(4);
    }

    String directory() {
        return directory;
    }

    /**
     * Fetches all files, as one stream with one header.
     *
     * @param connected whether the connection to the tool held until its end
     * @throws PacketStream.Full if the sink takes no more
     * @throws UntoldEnd if something came, and nothing proves that it is all
     * @throws IOException if the connection broke, or what came is no archive
     */
    void fetch(boolean connected) throws IOException, InterruptedException {
        connect = connected ? CONNECT : CONNECT_AFTER_LOSS;
        int status = fetchArchive();
        if (status == SidecarScripts.NO_TAR) {
            status = fetchFile(0);
            for (int i = 1; status == 0; i++) {
                status = fetchFile(i);
                // The one behind the last does not exist.
                if (status == SidecarScripts.NO_FILE) {
                    return;
                }
            }
        }
        if (status != 0) {
            throw new IOException(
                    status == SidecarScripts.NO_FILE
                            ? "there is no file of packets in " + directory
                            : "the command that sends the files ended with status " + status);
        }
    }

    /** Removes the files of sessions that are dead, which would count for the room that all captures share. */
    void forget(Set<String> sessionIds) throws InterruptedException {
        if (sessionIds.isEmpty()) {
            return;
        }
        List<String> command = SidecarScripts.forget(SidecarContainer.DIRECTORY, sessionIds);
        try {
            CommandOutput.of(shell.start(command, CONNECT), context.executor(), LAST_WORDS);
        } catch (IOException | CaptureException e) {
            context.diagnostic("the files of sessions that were killed could not be removed: " + e.getMessage());
        }
    }

    /** Removes the files. */
    void remove() throws IOException, InterruptedException {
        CommandOutput.of(shell.start(SidecarScripts.remove(directory), CONNECT), context.executor(), LAST_WORDS);
    }

    @Override
    public void close() {
        closed = true;
        running.ifPresent(RemoteProcess::close);
    }

    private int fetchArchive() throws IOException, InterruptedException {
        try (RemoteProcess process = start(SidecarScripts.tar(directory));
                EndSeen octets = new EndSeen(process.stdout());
                TarArchiveInputStream archive = new TarArchiveInputStream(octets, TAR_RECORD)) {
            boolean any = false;
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                any = true;
                sink.file(archive, entry.getSize());
            }
            // An archive has an end of its own: who came to it did not come to that of the stream.
            return any ? acknowledged(process, !octets.seen()) : refused(process);
        }
    }

    private int fetchFile(int before) throws IOException, InterruptedException {
        try (RemoteProcess process = start(SidecarScripts.file(directory, before))) {
            InputStream stdout = process.stdout();
            StringBuilder size = new StringBuilder();
            for (int octet = stdout.read(); octet >= '0' && octet <= '9'; octet = stdout.read()) {
                size.append((char) octet);
            }
            if (size.isEmpty()) {
                return refused(process);
            }
            sink.file(stdout, Long.parseLong(size.toString()));
            // Its size was told before.
            return acknowledged(process, true);
        }
    }

    private RemoteProcess start(List<String> argv) throws IOException, InterruptedException {
        RemoteProcess process = connected(argv);
        running = Optional.of(process);
        if (closed) {
            process.close();
        }
        UnreadOutput.drop(process, context);
        watch(process, sink.octets(), 1);
        return process;
    }

    // An API server that has too much to do for a moment would cost all that lies in the pod.
    private RemoteProcess connected(List<String> argv) throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                return shell.start(argv, connect);
            } catch (CaptureException e) {
                boolean forGood = e.reason() != FailureReason.STREAM_LOST || !connect.equals(CONNECT);
                if (forGood || left == 0 || closed) {
                    throw e;
                }
                context.diagnostic("the packets in the pod are asked for once more: " + e.getMessage());
            }
            pause();
        }
    }

    private void pause() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        context.timers().after(PAUSE, over::countDown);
        over.await();
    }

    // Neither end sends anything else meanwhile: a connection that is dead without a word would be waited for for ever.
    private void watch(RemoteProcess process, long octets, int second) {
        context.timers().after(Duration.ofSeconds(1), () -> {
            if (running.filter(process::equals).isEmpty()
                    || process.exitStatus().toCompletableFuture().isDone()) {
                return;
            }
            boolean progress = sink.octets() != octets || !process.receiving();
            if (!progress && second >= SILENCE_SECONDS) {
                context.diagnostic("nothing came for " + SILENCE_SECONDS + " s while files were fetched");
                process.close();
                return;
            }
            watch(process, sink.octets(), progress ? 1 : second + 1);
        });
    }

    private int acknowledged(RemoteProcess process, boolean whole) throws IOException, InterruptedException {
        try {
            acknowledge(process);
            return status(process);
        } catch (UntoldEnd e) {
            if (!whole) {
                throw e;
            }
            context.diagnostic(e.getMessage() + "; what it sent has an end of its own, and is whole");
            return 0;
        }
    }

    private static void acknowledge(RemoteProcess process) throws UntoldEnd {
        try {
            process.send("ack");
        } catch (IOException e) {
            throw new UntoldEnd(String.valueOf(e.getMessage()), e);
        }
    }

    private int refused(RemoteProcess process) throws IOException, InterruptedException {
        int status = statusOfNothing(process);
        if (status == 0) {
            throw new IOException("the command that sends the files sent none");
        }
        return status;
    }

    private int statusOfNothing(RemoteProcess process) throws IOException, InterruptedException {
        try {
            return status(process);
        } catch (UntoldEnd e) {
            // Whether more is to come is a question only where something came.
            throw sink.octets() > 0 ? e : new IOException(e.getMessage(), e);
        }
    }

    private static int status(RemoteProcess process) throws IOException, InterruptedException {
        try {
            return process.exitStatus().toCompletableFuture().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException told) {
                throw new IOException(told.getMessage(), told);
            }
            throw new UntoldEnd(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            throw new UntoldEnd("none within " + LAST_WORDS.toSeconds() + " s", e);
        }
    }
}
