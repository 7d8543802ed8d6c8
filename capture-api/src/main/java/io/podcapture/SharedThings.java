package io.podcapture;

import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.MethodContext.SharedFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What several captures of a session share, made once. Guarded by the map. */
final class SharedThings {
    private final Map<String, CompletableFuture<Object>> things = new HashMap<>();
    private final CleanupScope cleanups;

    SharedThings(CleanupScope cleanups) {
        this.cleanups = cleanups;
    }

    <T> T get(String key, Class<T> type, SharedFactory<T> factory) throws IOException, InterruptedException {
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> theirs;
        synchronized (things) {
            theirs = things.putIfAbsent(key, mine);
        }
        if (theirs == null) {
            make(key, mine, factory);
        }
        try {
            return type.cast((theirs == null ? mine : theirs).get());
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    // Only a failure that is no interrupt is remembered: the next capture may have more time.
    private <T> void make(String key, CompletableFuture<Object> thing, SharedFactory<T> factory)
            throws InterruptedException {
        try {
            thing.complete(factory.make(cleanups));
        } catch (InterruptedException e) {
            synchronized (things) {
                things.remove(key);
            }
            thing.completeExceptionally(
                    new CaptureException(FailureReason.CANCELLED, "making " + key + " was interrupted", e));
            throw e;
        } catch (IOException | RuntimeException e) {
            thing.completeExceptionally(e);
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws IOException {
        if (cause instanceof IOException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (cause instanceof CaptureException e) {
            return new CaptureException(e.reason(), String.valueOf(e.getMessage()), e);
        }
        return new IllegalStateException(cause);
    }
}
