package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.ClockReading;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.Ending;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A capture in a container, whose end may be that of its engine: Docker's, when it is stopped, first answers nobody any more, and
 * then ends its containers by a signal. The engine is asked only after such an end that nobody wanted.
 */
final class EngineCapture implements RunningCapture {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunningCapture tcpdump;
    private final Engine engine;
    private final CompletionStage<Ending> ended;

    EngineCapture(RunningCapture tcpdump, Engine engine, Executor executor) {
        this.tcpdump = tcpdump;
        this.engine = engine;
        this.ended = tcpdump.ended()
                .thenCompose(ending -> isUnexplained(ending)
                        // An end is told in any case.
                        ? CompletableFuture.supplyAsync(() -> explained(ending), executor)
                                .exceptionally(failure -> ending)
                        : CompletableFuture.completedFuture(ending));
    }

    @Override
    public void stop() {
        tcpdump.stop();
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        return tcpdump.counters();
    }

    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        return tcpdump.clock();
    }

    @Override
    public boolean deliversAtEnd() {
        return tcpdump.deliversAtEnd();
    }

    @Override
    public Duration handOver() {
        return tcpdump.handOver();
    }

    @Override
    public void close() {
        tcpdump.close();
    }

    private static boolean isUnexplained(Ending ending) {
        return ending.cause() == EndCause.FAULT
                && ending.proven()
                && ending.reason().equals(Optional.of(FailureReason.PROCESS_FAILED));
    }

    private Ending explained(Ending ending) {
        return whyNoAnswer()
                .map(why -> new Ending(
                        ending.cause(),
                        ending.proven(),
                        ending.counters(),
                        Optional.of(FailureReason.STREAM_LOST),
                        ending.explanation() + "; " + why))
                .orElse(ending);
    }

    // Of an engine that answers, or refuses for another reason, the capture's own words are the truer ones.
    private Optional<String> whyNoAnswer() {
        try {
            CommandOutput answer = engine.ask(PATIENCE, List.of("version"));
            return Optional.of(EngineFailure.of("be reached", answer.stderr(), FailureReason.PROCESS_FAILED))
                    .filter(failure -> answer.status() != 0 && failure.reason() == FailureReason.STREAM_LOST)
                    .map(CaptureException::getMessage);
        } catch (CaptureException e) {
            return Optional.of("the container engine does not answer: " + e.getMessage())
                    .filter(words -> e.reason() == FailureReason.START_TIMEOUT);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
