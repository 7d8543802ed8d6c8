package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.ClockReading;
import io.podcapture.spi.Ending;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A capture by libpcap in this JVM.
 *
 * <p>One thread of the session owns the interface: it reads packets, answers questions between them, and closes it. What it
 * shares with others is volatile, a future or a concurrent queue.
 */
final class LibpcapCapture implements RunningCapture {
    // The kernel's timer may be late by some ticks.
    private static final Duration HAND_OVER = InterfaceOpening.HAND_OVER.plusMillis(100);
    // The buffer must not fill meanwhile: 64 MiB take more than 6 GB/s.
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_SECONDS = 5;

    private final LivePackets live;
    private final LiveReading reading;
    private final LongSupplier ticker;
    private final Consumer<String> diagnostics;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final CounterQuestions questions = new CounterQuestions();
    private volatile boolean stopping;
    private volatile boolean givenUp;
    private volatile @Nullable Thread reader;

    LibpcapCapture(LivePackets live, LiveReading reading, LongSupplier ticker, Consumer<String> diagnostics) {
        this.live = live;
        this.reading = reading;
        this.ticker = ticker;
        this.diagnostics = diagnostics;
    }

    /** Ends after the packets that were read: all from before were waited for by the session's drain. */
    @Override
    public void stop() {
        stopping = true;
        LockSupport.unpark(reader);
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        CompletableFuture<Optional<ToolCounters>> answer = questions.ask();
        LockSupport.unpark(reader);
        if (ended.isDone()) {
            questions.tellNothing();
        }
        return answer;
    }

    /** The kernel stamps packets by the clock that this JVM reads, which tells microseconds. */
    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        return CompletableFuture.completedFuture(Optional.of(new ClockReading(Instant.now(), Duration.ofNanos(500))));
    }

    @Override
    public Duration handOver() {
        return HAND_OVER;
    }

    @Override
    public void close() {
        givenUp = true;
        stop();
        try {
            ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // It waits for the file, and ends after that.
            diagnostics.accept("the file keeps libpcap's thread waiting");
        } catch (ExecutionException e) {
            throw new AssertionError("it never fails", e);
        }
        ended.complete(Ending.cut(FailureReason.CANCELLED, "the capture was given up"));
    }

    /** Reads until the end; what the owning thread does. */
    void run() {
        reader = Thread.currentThread();
        Ending ending;
        try {
            ending = read();
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it was: who waits for the end must not wait for ever.
            ending = reading.endingBy(e);
        }
        live.close();
        ended.complete(ending);
        questions.tellNothing();
    }

    private Ending read() throws IOException {
        while (!stopping && !reading.isFull()) {
            // Who asks twice and hears the same takes it that the kernel had nothing: each answer follows a look that
            // began after the question.
            int due = questions.count();
            boolean more = takeRound();
            questions.answer(due, reading::counts);
            if (!more && !stopping && questions.count() == 0) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        if (givenUp) {
            return Ending.cut(FailureReason.CANCELLED, "the capture was given up");
        }
        return Ending.whole(reading.isFull() ? EndCause.PACKET_LIMIT : EndCause.STOPPED, reading.counts());
    }

    // An interface that has vanished leaves packets in the kernel's buffer, which are given out when their time has
    // come.
    private boolean takeRound() throws IOException {
        try {
            return reading.takeRound();
        } catch (CaptureException e) {
            long begun = ticker.getAsLong();
            boolean due;
            do {
                // Before the look: the one that counts begins when the time is up, however late this thread is.
                due = stopping || ticker.getAsLong() - begun >= HAND_OVER.toNanos();
                boolean more;
                do {
                    more = reading.tryRound();
                } while (more && !givenUp);
                if (!due) {
                    LockSupport.parkNanos(NAP_NANOS);
                }
            } while (!due);
            throw e;
        }
    }
}
