package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * The commands that send files out of a pod, one after the other: begun again where the API server is busy, given up where
 * nothing comes. Started by one thread; {@link #close} by any.
 */
final class SpoolCommands implements AutoCloseable {
    static final Duration CONNECT = Duration.ofSeconds(10);

    // Where the connection has just been lost, another one comes at once or not at all.
    private static final Duration CONNECT_AFTER_LOSS = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SILENCE_SECONDS = 12;
    private static final int TRIES = 3;

    private final OwnTraffic.Shell shell;
    private final MethodContext context;
    private final LongSupplier octets;
    private volatile boolean closed;
    private volatile Optional<RemoteProcess> running = Optional.empty();

    /**
     * Makes it.
     *
     * @param octets how many have come so far, of all commands
     */
    SpoolCommands(OwnTraffic.Shell shell, MethodContext context, LongSupplier octets) {
        this.shell = shell;
        this.context = context;
        this.octets = octets;
    }

    /**
     * Starts the next one.
     *
     * @param connected whether the connection that there was before has held
     */
    RemoteProcess start(List<String> argv, boolean connected) throws IOException, InterruptedException {
        RemoteProcess process = connect(argv, connected);
        running = Optional.of(process);
        if (closed) {
            process.close();
        }
        UnreadOutput.drop(process, context);
        watch(process, octets.getAsLong(), 1);
        return process;
    }

    @Override
    public void close() {
        closed = true;
        running.ifPresent(RemoteProcess::close);
    }

    // An API server that has too much to do for a moment would cost all that lies in the pod.
    private RemoteProcess connect(List<String> argv, boolean connected) throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                return shell.start(argv, connected ? CONNECT : CONNECT_AFTER_LOSS);
            } catch (CaptureException e) {
                boolean forGood = e.reason() != FailureReason.STREAM_LOST || !connected;
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
    private void watch(RemoteProcess process, long before, int second) {
        context.timers().after(Duration.ofSeconds(1), () -> {
            if (running.filter(process::equals).isEmpty()
                    || process.exitStatus().toCompletableFuture().isDone()) {
                return;
            }
            boolean progress = octets.getAsLong() != before || !process.receiving();
            if (!progress && second >= SILENCE_SECONDS) {
                context.diagnostic("nothing came for " + SILENCE_SECONDS + " s while files were fetched");
                process.close();
                return;
            }
            watch(process, octets.getAsLong(), progress ? 1 : second + 1);
        });
    }
}
