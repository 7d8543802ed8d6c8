package io.podcapture.spi;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * One tcpdump that runs behind the wrapper script.
 *
 * <p>Two threads of the session read its outputs; whichever sees the end completes {@link #ended}. Everything they share is
 * a future, volatile or a queue that is guarded by itself.
 */
final class TcpdumpCapture implements RunningCapture, TcpdumpWords.Listener {
    /** libpcap hands a block of the kernel buffer over when it is full, or about a second after its first packet. */
    private static final Duration HAND_OVER = Duration.ofMillis(1500);

    private static final int KEEP_SECONDS = WrapperScript.LEASE_SECONDS / 4;
    private static final int SILENCE_SECONDS = 12;
    private static final long LAST_WORDS_SECONDS = 10;
    private static final long ACKNOWLEDGE_SECONDS = 5;

    private final CaptureRequest request;
    private final RemoteProcess process;
    private final PacketSink sink;
    private final MethodContext context;
    private final TcpdumpWords words;
    private final TrailerStrip trailer;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();
    private final CompletableFuture<Integer> exited = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final Queue<CompletableFuture<Optional<ToolCounters>>> asked = new ArrayDeque<>();
    private final Queue<CompletableFuture<Optional<ClockReading>>> clocks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile boolean full;
    private volatile int silentSeconds;
    private volatile Timers.Handle tick = () -> {};

    TcpdumpCapture(
            CaptureRequest request,
            RemoteProcess process,
            String nonce,
            ToolName name,
            PacketSink sink,
            MethodContext context) {
        this.request = request;
        this.process = process;
        this.sink = sink;
        this.context = context;
        this.words = new TcpdumpWords(nonce, name, this);
        this.trailer = new TrailerStrip(nonce);
    }

    void begin() {
        context.executor().execute(this::readWords);
        context.executor().execute(this::readPackets);
        scheduleTick(1);
    }

    void awaitListening() throws InterruptedException {
        CompletableFuture<Object> first = CompletableFuture.anyOf(listening, ended);
        try {
            first.get(Math.max(1, context.remaining().toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("neither stage fails", e);
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT,
                    "tcpdump was started but did not listen in time; it said " + words.said(),
                    e);
        }
        if (!listening.isDone()) {
            throw failure(ended.join());
        }
    }

    @Override
    public void stop() {
        stopping = true;
        trailer.expectEnd();
        try {
            process.send("stop");
        } catch (IOException broken) {
            // The reader sees the broken connection too, and says so.
            context.diagnostic("stop could not be sent: " + broken.getMessage());
        }
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        CompletableFuture<Optional<ToolCounters>> answer = new CompletableFuture<>();
        boolean first;
        synchronized (asked) {
            first = asked.isEmpty();
            asked.add(answer);
        }
        if (first) {
            ask();
        }
        if (exited.isDone() || ended.isDone()) {
            answer.complete(Optional.empty());
        }
        return answer;
    }

    // Two signals at once may arrive as one: each question waits for the answer to the one before.
    private void ask() {
        try {
            process.send("stats");
        } catch (IOException broken) {
            tellNothing();
        }
    }

    // The script answers each question by itself, in their order.
    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        CompletableFuture<Optional<ClockReading>> answer = new CompletableFuture<>();
        clocks.add(answer);
        try {
            process.send("clock");
        } catch (IOException broken) {
            withdraw(answer);
        }
        if (exited.isDone() || ended.isDone()) {
            withdraw(answer);
        }
        return answer;
    }

    // What waits in vain must not take the answer to a later question.
    private void withdraw(CompletableFuture<Optional<ClockReading>> answer) {
        clocks.remove(answer);
        answer.complete(Optional.empty());
    }

    @Override
    public void clock(Optional<ClockReading> reading) {
        CompletableFuture<Optional<ClockReading>> answer = clocks.poll();
        if (answer != null) {
            answer.complete(reading);
        }
    }

    private void tellNothing() {
        List<CompletableFuture<Optional<ToolCounters>>> answers;
        synchronized (asked) {
            answers = List.copyOf(asked);
            asked.clear();
        }
        answers.forEach(answer -> answer.complete(Optional.empty()));
    }

    @Override
    public Duration handOver() {
        return HAND_OVER;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        tick.cancel();
        if (ended.isDone() && ended.join().proven()) {
            acknowledge();
        }
        process.close();
        // Only now is it certain that nobody reads on.
        end(Ending.cut(FailureReason.CANCELLED, "the capture was given up"));
    }

    @Override
    public void listening() {
        listening.complete(null);
    }

    @Override
    public void counted(ToolCounters counters) {
        Optional<CompletableFuture<Optional<ToolCounters>>> answer;
        boolean more;
        synchronized (asked) {
            answer = Optional.ofNullable(asked.poll());
            more = !asked.isEmpty();
        }
        answer.ifPresent(waiting -> waiting.complete(Optional.of(counters)));
        if (more) {
            context.executor().execute(this::ask);
        }
    }

    @Override
    public void exited(int status) {
        exited.complete(status);
    }

    @Override
    public void deaf() {
        end(Ending.cut(
                FailureReason.PROCESS_FAILED,
                "tcpdump changed its user and may not be sent a signal: it can neither be asked nor stopped; give its"
                        + " container the capability KILL, or use another method"));
        process.close();
    }

    @Override
    public void full() {
        full = true;
    }

    @Override
    public void said(String line) {
        context.diagnostic(line);
    }

    private void acknowledge() {
        try {
            process.send("ack");
            process.exitStatus().toCompletableFuture().get(ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            // The proof is already here; the script ends with its standard input or its lease.
            context.diagnostic("the end was not acknowledged: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readWords() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.stderr()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                silentSeconds = 0;
                words.accept(buffer, n);
            }
        } catch (IOException e) {
            // Standard output breaks with it, and its reader tells.
            context.diagnostic("standard error broke: " + e.getMessage());
        } finally {
            exited.complete(-1);
        }
    }

    private void readPackets() {
        byte[] buffer = new byte[65536];
        try (InputStream in = process.stdout()) {
            int n = in.read(buffer);
            while (n >= 0) {
                silentSeconds = 0;
                if (!pass(buffer, n)) {
                    return;
                }
                OptionalInt status = trailer.status();
                if (status.isPresent()) {
                    end(judge(status.getAsInt()));
                    return;
                }
                n = in.read(buffer);
            }
            trailer.flush(sink);
            end(endWithoutTrailer("the stream ended without proof that it is whole"));
        } catch (IOException e) {
            end(endWithoutTrailer("the connection broke: " + e.getMessage()));
        } catch (RuntimeException e) {
            endOnBug(e);
        } catch (Error e) {
            endOnBug(e);
            throw e;
        }
    }

    // Whatever it was: who waits for the end must not wait for ever.
    private void endOnBug(Throwable e) {
        System.getLogger(TcpdumpCapture.class.getName())
                .log(System.Logger.Level.WARNING, "the stream of " + request.point() + " could not be taken", e);
        end(Ending.cut(FailureReason.OUTPUT_FAILED, "the stream could not be taken: " + e));
        process.close();
    }

    private boolean pass(byte[] buffer, int length) {
        try {
            trailer.write(buffer, length, sink);
            return true;
        } catch (IOException e) {
            end(Ending.cut(FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage()));
            process.close();
            return false;
        }
    }

    // The trailer proves the end of standard output; the exit line on the other channel may come later, and must agree.
    private Ending judge(int status) {
        Integer told = lastWords();
        if (told != status) {
            return Ending.cut(
                    FailureReason.STREAM_LOST,
                    "tcpdump ended with status " + status + ", but its last words are missing");
        }
        ToolCounters counters = words.counters();
        if (status != 0) {
            return new Ending(
                    EndCause.FAULT,
                    false,
                    counters,
                    Optional.of(FailureReason.PROCESS_FAILED),
                    "tcpdump ended with status " + status + ": " + String.join("; ", words.said()));
        }
        if (request.maxPackets().isPresent() && request.maxPackets().equals(counters.captured())) {
            return Ending.whole(EndCause.PACKET_LIMIT, counters);
        }
        if (full) {
            return Ending.whole(EndCause.BYTE_LIMIT, counters);
        }
        if (stopping) {
            return Ending.whole(EndCause.STOPPED, counters);
        }
        return new Ending(
                EndCause.FAULT,
                true,
                counters,
                Optional.of(FailureReason.PROCESS_FAILED),
                String.join(
                        "; ",
                        Stream.concat(Stream.of("tcpdump ended although nobody asked it to"), words.said().stream())
                                .toList()));
    }

    private Ending endWithoutTrailer(String what) {
        lastWords();
        try {
            int status = process.exitStatus().toCompletableFuture().get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            return Ending.cut(FailureReason.STREAM_LOST, what + " (exit status " + status + ")");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException refused) {
                return Ending.cut(refused.reason(), String.valueOf(refused.getMessage()));
            }
            return Ending.cut(FailureReason.STREAM_LOST, what);
        } catch (TimeoutException e) {
            return Ending.cut(FailureReason.STREAM_LOST, what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ending.cut(FailureReason.STREAM_LOST, what);
        }
    }

    private int lastWords() {
        try {
            return exited.completeOnTimeout(-1, LAST_WORDS_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError("it never fails", e);
        }
    }

    private CaptureException failure(Ending ending) {
        OptionalInt status = words.exit();
        if (status.isPresent()) {
            return TcpdumpFailure.of(request, status.getAsInt(), words.said());
        }
        return new CaptureException(ending.reason().orElse(FailureReason.STREAM_LOST), ending.explanation());
    }

    private void end(Ending ending) {
        if (ended.complete(ending)) {
            tick.cancel();
            tellNothing();
            clocks.forEach(this::withdraw);
        }
    }

    // A send may wait for the connection; the timer's thread may not.
    private void keep() {
        try {
            process.send("keep");
        } catch (IOException broken) {
            context.diagnostic("keep could not be sent: " + broken.getMessage());
        }
    }

    private void scheduleTick(int second) {
        tick = context.timers().after(Duration.ofSeconds(1), () -> tick(second));
    }

    // Both ends must hear of each other: we renew the script's lease, and miss its heartbeat.
    private void tick(int second) {
        if (closed.get() || ended.isDone()) {
            return;
        }
        if (second % KEEP_SECONDS == 0) {
            context.executor().execute(this::keep);
        }
        silentSeconds = process.receiving() ? silentSeconds + 1 : 0;
        if (silentSeconds >= SILENCE_SECONDS) {
            end(Ending.cut(
                    FailureReason.STREAM_LOST,
                    "nothing was heard for " + SILENCE_SECONDS + " s, not even the heartbeat: the connection stalls"));
            process.close();
            return;
        }
        scheduleTick(second + 1);
    }
}
