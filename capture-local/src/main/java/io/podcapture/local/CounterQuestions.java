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

    int count() {
        return asked.size();
    }

    /** Answers the oldest ones, with one count for all. */
    void answer(int oldest, Supplier<ToolCounters> counts) {
        if (oldest == 0) {
            return;
        }
        // What fails to be counted leaves the questions, to be told of the end.
        Optional<ToolCounters> told = Optional.of(counts.get());
        for (int i = 0; i < oldest; i++) {
            asked.remove().complete(told);
        }
    }

    void tellNothing() {
        for (CompletableFuture<Optional<ToolCounters>> next = asked.poll(); next != null; next = asked.poll()) {
            next.complete(Optional.empty());
        }
    }
}
