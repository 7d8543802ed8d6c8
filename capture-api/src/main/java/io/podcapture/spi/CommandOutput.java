package io.podcapture.spi;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a short command printed, and how it ended.
 *
 * @param status its exit status
 * @param stdout what it printed, up to 4 MiB
 * @param stderr what it complained of, up to 4 MiB
 * @since 0.1
 */
public record CommandOutput(int status, String stdout, String stderr) {
    private static final int MOST = 4 << 20;

    /**
     * Waits for the end of a command and returns what it printed; closes it.
     *
     * @param executor for two threads that read
     * @param limit how long to wait
     * @throws CaptureException if the command could not be run, or with {@link FailureReason#START_TIMEOUT} if it did not end
     *     in time
     * @throws IOException if the connection broke
     */
    public static CommandOutput of(RemoteProcess process, Executor executor, Duration limit)
            throws IOException, InterruptedException {
        try (process) {
            CompletableFuture<String> stdout = CompletableFuture.supplyAsync(() -> text(process.stdout()), executor);
            CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> text(process.stderr()), executor);
            CompletableFuture<CommandOutput> all = process.exitStatus()
                    .toCompletableFuture()
                    .thenCombine(stdout, (status, out) -> new CommandOutput(status, out, ""))
                    .thenCombine(stderr, (output, err) -> new CommandOutput(output.status(), output.stdout(), err));
            return all.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof CaptureException refused) {
                throw refused;
            }
            throw new IOException("a command did not end: " + (cause == null ? e : cause).getMessage(), e);
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT, "a command did not end within " + limit.toSeconds() + " s", e);
        }
    }

    // Read to its end, however long: what is not read would stop the command.
    private static String text(InputStream in) {
        try (in) {
            byte[] kept = in.readNBytes(MOST);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
