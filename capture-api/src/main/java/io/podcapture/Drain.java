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
 * Waits, before a capture is stopped or a snapshot cut, until the packets that the kernel has by then are in the file.
 *
 * <p>The kernel's buffer is first in, first out. So when the tool says at the stop that R packets passed the filter and D of
 * them were dropped, all of them have arrived as soon as R - D have, loopback packets counted twice; packets that come
 * later do not matter, and a pod that is never silent can be stopped.
 *
 * <p>That number is not reached where R holds packets from before the filter was attached. Then a second answer decides,
 * given after the time within which the kernel hands a block over: if the tool has captured nothing since the first, there
 * was nothing left for it. A tool that is held up by a slow stream does not answer, so its silence proves nothing.
 *
 * <p>Where copies of loopback packets were dropped, the count does not tell which, and a busy pod gives no second answer: then
 * it is the volume that decides. What the tool had captured at its answer is in the file, and after it more than the kernel's
 * buffer holds: nothing from before the answer can still be in there.
 *
 * <p>Where packets arrive only after the end, the tool is asked on until it has captured R - D packets of the first answer, or
 * has captured none since, when the time of a hand-over has passed.
 *
 * <p>The wait is given up when it makes no headway for as long as a stop may take.
 */
final class Drain {
    // libpcap makes the buffer of whole blocks.
    private static final long ROUNDED_UP = 1L << 20;
    // The first pause between two questions, as a share of the hand-over's time; each is twice the one before.
    private static final long FIRST_PAUSE = 32;

    private final RunningCapture capture;
    private final PartFile part;
    private final Timers timers;
    private final long patience;
    private final long handOver;
    private final long bufferful;
    private CompletableFuture<Optional<ToolCounters>> answer = new CompletableFuture<>();
    private CompletableFuture<Void> arrived = new CompletableFuture<>();
    private OptionalLong wanted = OptionalLong.empty();
    private OptionalLong captured = OptionalLong.empty();
    private Optional<ToolCounters> counted = Optional.empty();
    private OptionalLong sufficient = OptionalLong.empty();
    private long capturedFirst;
    private OptionalLong octetsThen = OptionalLong.empty();
    private boolean anyDropped;
    private boolean outstanding;
    private boolean untold;

    /**
     * Makes a drain.
     *
     * @param patience how long it goes on without headway
     * @param kernelBuffer the size of the kernel's buffer in octets
     */
    Drain(RunningCapture capture, PartFile part, Timers timers, Duration patience, long kernelBuffer) {
        this.capture = capture;
        this.part = part;
        this.timers = timers;
        this.patience = patience.toNanos();
        this.handOver = capture.handOver().toNanos();
        this.bufferful = kernelBuffer + ROUNDED_UP;
    }

    /**
     * Waits; returns early, with no proof, when the capture ends or the wait is given up.
     *
     * @param givenUp completes when nobody wants to wait any longer
     */
    DrainProof await(CompletableFuture<?> givenUp) {
        CompletableFuture<?> over = CompletableFuture.anyOf(capture.ended().toCompletableFuture(), givenUp);
        long begun = timers.nanoTime();
        long answered = begun;
        long mark = begun;
        long leftAtMark = Long.MAX_VALUE;
        ask();
        if (capture.deliversAtEnd()) {
            return awaitHandOver(over);
        }
        while (!over.isDone()) {
            long now = timers.nanoTime();
            if (outstanding && answer.isDone()) {
                answered = now;
                if (isSettled(answer.join())) {
                    return DrainProof.COUNTERS;
                }
            }
            if (arrived.isDone()) {
                if (!anyDropped || part.loopback() == 0) {
                    return DrainProof.COUNTERS;
                }
                // One copy of a loopback packet may be dropped and the other captured: then only a later answer tells.
                arrived = new CompletableFuture<>();
            }
            if (anyDropped && isBufferfulLater()) {
                return DrainProof.COUNTERS;
            }
            long since = untold ? Math.max(begun, part.lastBusy()) : answered;
            if (now - since >= handOver && untold) {
                // Only the time speaks: the counts at the end must agree.
                return DrainProof.HAND_OVER;
            }
            if (now - since >= handOver && !outstanding) {
                ask();
                continue;
            }
            if (now - mark >= patience) {
                long left = left();
                if (leftAtMark - left < Math.max(1, leftAtMark / 10)) {
                    return DrainProof.NONE;
                }
                mark = now;
                leftAtMark = left;
            }
            if (!outstanding || !answer.isDone()) {
                awaitAny(outstanding ? handOver : since + handOver - now, over);
            }
        }
        return DrainProof.NONE;
    }

    // Nothing arrives before the end, so only what the tool counts and the time speak; the counts at the end prove what
    // the time cannot. A stop right behind a question could overtake it, so each answer is waited for.
    private DrainProof awaitHandOver(CompletableFuture<?> over) {
        boolean answers = takeAnswer(over) && !untold && captured.isPresent();
        OptionalLong before = captured;
        long due = timers.nanoTime() + handOver;
        long pause = handOver / FIRST_PAUSE;
        boolean last = false;
        while (!last && !isTaken() && !over.isDone()) {
            long left = due - timers.nanoTime();
            // Only a question asked when that time has passed tells that the kernel had nothing for the tool.
            last = !answers || left <= pause;
            awaitAny(last ? left : pause, over);
            pause *= 2;
            if (answers && !over.isDone()) {
                ask();
                answers = takeAnswer(over);
            }
        }
        if (answers && (isTaken() || last && captured.equals(before))) {
            sufficient = captured;
        }
        return over.isDone() ? DrainProof.NONE : DrainProof.HAND_OVER;
    }

    // What the kernel held at the first answer; it gives packets out in their order.
    private boolean isTaken() {
        return arrived.isDone() || captured.orElse(-1) >= wanted.orElse(Long.MAX_VALUE);
    }

    // Returns whether there was one.
    private boolean takeAnswer(CompletableFuture<?> over) {
        awaitAny(patience, over);
        if (!answer.isDone()) {
            outstanding = false;
            return false;
        }
        isSettled(answer.join());
        return true;
    }

    /**
     * Returns the packets that the kernel had handed to the tool when it was first asked; empty if it did not say, or if
     * packets were dropped, when the count does not tell which.
     */
    OptionalLong handedAtFirst() {
        return anyDropped ? OptionalLong.empty() : wanted;
    }

    /**
     * Returns the number of packets with which a file has all from before the stop: as many had the tool captured when nothing
     * from before was left to the kernel. Empty if that was not proven, and for tools whose packets arrive before the end.
     */
    OptionalLong sufficient() {
        return sufficient;
    }

    /** Returns what the tool told last. */
    Optional<ToolCounters> counted() {
        return counted;
    }

    private void ask() {
        answer = capture.counters().toCompletableFuture();
        outstanding = true;
    }

    private boolean isBufferfulLater() {
        if (octetsThen.isEmpty() && part.records() >= capturedFirst) {
            octetsThen = OptionalLong.of(part.octets());
        }
        return octetsThen.isPresent() && part.octets() - octetsThen.getAsLong() > bufferful;
    }

    private long left() {
        return Math.max(0, wanted.orElse(Long.MAX_VALUE) - part.received());
    }

    // The first answer says what to wait for; a later one, whether the tool still had something to capture.
    private boolean isSettled(Optional<ToolCounters> told) {
        outstanding = false;
        if (told.isPresent()) {
            counted = told;
        }
        OptionalLong before = captured;
        captured = told.map(ToolCounters::captured).orElse(OptionalLong.empty());
        if (wanted.isEmpty()) {
            wanted = told.map(Drain::handedToTool).orElse(OptionalLong.empty());
            untold = wanted.isEmpty();
            anyDropped =
                    told.map(counters -> counters.droppedByKernel().orElse(0)).orElse(0L) > 0;
            capturedFirst = captured.orElse(Long.MAX_VALUE);
            arrived = part.awaitReceived(wanted.orElse(Long.MAX_VALUE));
            return false;
        }
        return captured.isPresent() && captured.equals(before) && part.records() >= captured.getAsLong();
    }

    /** Returns the packets that the kernel gave or will give to the tool, loopback packets counted twice. */
    static OptionalLong handedToTool(ToolCounters counters) {
        return counters.received().isPresent() && counters.droppedByKernel().isPresent()
                ? OptionalLong.of(counters.received().getAsLong()
                        - counters.droppedByKernel().getAsLong())
                : OptionalLong.empty();
    }

    private void awaitAny(long nanos, CompletableFuture<?> over) {
        CompletableFuture<Void> time = new CompletableFuture<>();
        Timers.Handle handle = timers.after(
                Duration.ofNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1))), () -> time.complete(null));
        (outstanding
                        ? CompletableFuture.anyOf(answer, arrived, over, time)
                        : CompletableFuture.anyOf(arrived, over, time))
                .join();
        handle.cancel();
    }
}
