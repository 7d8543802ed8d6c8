package io.podcapture.local;

import io.podcapture.spi.ToolCounters;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Questions for counters, from any thread, until the one that owns the capture answers them. */
final class CounterQuestions {
    private final Queue<CompletableFuture<Optional<ToolCounters>>> asked = new ConcurrentLinkedQueue<>();

    CompletableFuture<Optional<ToolCounters>> ask() {
        CompletableFuture<Optional<ToolCounters>> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** Answers each with counts that are taken for it, so after it was asked. */
    void answer(Supplier<ToolCounters> counts) {
        for (CompletableFuture<Optional<ToolCounters>> next = asked.peek(); next != null; next = asked.peek()) {
            // What fails to be counted leaves its question, to be told of the end.
            Optional<ToolCounters> told = Optional.of(counts.get());
            asked.remove(next);
            next.complete(told);
        }
    }

    void tellNothing() {
        for (CompletableFuture<Optional<ToolCounters>> next = asked.poll(); next != null; next = asked.poll()) {
            next.complete(Optional.empty());
        }
    }
}
