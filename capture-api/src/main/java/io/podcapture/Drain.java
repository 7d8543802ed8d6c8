package io.podcapture;

import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.Timers;
import io.podcapture.spi.ToolCounters;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Waits, before a capture is stopped, until the packets that the kernel has by then are in the file.
 *
 * <p>The kernel's buffer is first in, first out. So when the tool says at the stop that R packets passed the filter and D of
 * them were dropped, all of them have arrived as soon as R - D have, loopback packets counted twice; packets that come
 * later do not matter, and a pod that is never silent can be stopped. If that number is not reached, what the kernel
 * received before the filter was attached may be the cause: then the time within which it hands a block over decides,
 * counted from when the stream was last busy. Never waits for silence while the number can be reached.
 */
final class Drain {
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final RunningCapture capture;
    private final PartFile part;
    private final Timers timers;

    Drain(RunningCapture capture, PartFile part, Timers timers) {
        this.capture = capture;
        this.part = part;
        this.timers = timers;
    }

    /**
     * Waits; returns early, with no proof, when the capture ends or the wait is given up.
     *
     * @param givenUp completes when nobody wants to wait any longer
     */
    DrainProof await(CompletableFuture<?> givenUp) {
        CompletableFuture<?> over =
                CompletableFuture.anyOf(capture.ended().toCompletableFuture(), givenUp);
        long asked = timers.nanoTime();
        OptionalLong wanted = wanted(over);
        CompletableFuture<Void> arrived = part.awaitReceived(wanted.orElse(Long.MAX_VALUE));
        while (!over.isDone()) {
            if (arrived.isDone()) {
                return DrainProof.COUNTERS;
            }
            long since = Math.max(asked, wanted.isPresent() ? part.lastBusy() : part.lastBlocked());
            long left = since + capture.handOver().toNanos() - timers.nanoTime();
            if (left <= 0) {
                return DrainProof.HAND_OVER;
            }
            awaitAny(left, arrived, over);
        }
        return DrainProof.NONE;
    }

    private OptionalLong wanted(CompletableFuture<?> over) {
        CompletableFuture<Optional<ToolCounters>> answer = capture.counters().toCompletableFuture();
        if (!answer.isDone()) {
            awaitAny(ANSWER.toNanos(), answer, over);
        }
        return answer.getNow(Optional.empty()).map(Drain::handedToTool).orElse(OptionalLong.empty());
    }

    /** Returns the packets that the kernel gave or will give to the tool, loopback packets counted twice. */
    static OptionalLong handedToTool(ToolCounters counters) {
        return counters.received().isPresent() && counters.droppedByKernel().isPresent()
                ? OptionalLong.of(counters.received().getAsLong() - counters.droppedByKernel().getAsLong())
                : OptionalLong.empty();
    }

    private void awaitAny(long nanos, CompletableFuture<?> one, CompletableFuture<?> other) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = timers.after(Duration.ofNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1))), () -> time.complete(null));
        CompletableFuture.anyOf(one, other, time).join();
        handle.cancel();
    }
}
