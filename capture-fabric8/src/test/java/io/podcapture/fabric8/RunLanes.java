package io.podcapture.fabric8;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;

/** Runs several tests at once, since each mostly waits. For one thread. */
final class RunLanes implements AutoCloseable {
    private static final int AT_ONCE = 8;

    private final ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE);
    private Optional<CompletableFuture<Void>> first = Optional.empty();

    /** Begins one, and returns the test that waits for its end. */
    DynamicTest test(String name, Callable<?> run) {
        // The first connection of a machine takes seconds, which some of them do not have: one goes first.
        CompletableFuture<Void> begun = first.isEmpty()
                ? CompletableFuture.runAsync(() -> call(run), lanes)
                : first.get().handleAsync((done, failure) -> call(run), lanes);
        first = Optional.of(first.orElse(begun));
        return DynamicTest.dynamicTest(name, () -> join(begun));
    }

    private static Void call(Callable<?> run) {
        try {
            run.call();
            return null;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void join(CompletableFuture<Void> run) throws Throwable {
        try {
            run.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    /** Ends them all, and waits: a run that was broken off still closes what it has. */
    @Override
    public void close() {
        lanes.shutdownNow();
        try {
            lanes.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
