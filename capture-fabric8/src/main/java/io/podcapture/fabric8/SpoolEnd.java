package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a command that sends files out of a pod: what it tells, and what it means where it tells nothing. */
final class SpoolEnd {
    /** How long what a command tells last is waited for. */
    static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final RemoteProcess process;
    private final MethodContext context;

    SpoolEnd(RemoteProcess process, MethodContext context) {
        this.process = process;
        this.context = context;
    }

    /**
     * Tells the command that all has come, for which it waits, and returns its status.
     *
     * @param whole whether what came has an end of its own; the command is then believed to have ended well if it does not tell
     * @throws UntoldEnd if nothing proves that all has come
     * @throws IOException if it could not be run
     */
    int acknowledged(boolean whole) throws IOException, InterruptedException {
        try {
            process.send("ack");
        } catch (IOException e) {
            // It has ended before, and its status tells how.
            context.diagnostic("what sends the files was not told that all came: " + e.getMessage());
        }
        try {
            return status();
        } catch (UntoldEnd e) {
            if (!whole) {
                throw e;
            }
            context.diagnostic(e.getMessage() + "; what it sent has an end of its own, and is whole");
            return 0;
        }
    }

    /**
     * Returns the status of a command that has sent nothing.
     *
     * @param before how many octets came of others
     * @throws UntoldEnd if it may be the one behind the last, or not
     * @throws IOException if it should have sent something
     */
    int withoutFile(long before) throws IOException, InterruptedException {
        int status;
        try {
            status = status();
        } catch (UntoldEnd e) {
            // Whether more is to come is a question only where something came.
            throw before > 0 ? e : new IOException(e.getMessage(), e);
        }
        if (status == 0) {
            throw new IOException("the command that sends the files sent none");
        }
        return status;
    }

    private int status() throws IOException, InterruptedException {
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
