package io.podcapture;

import io.podcapture.spi.ClockReading;
import io.podcapture.spi.Ending;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.PcapBytes;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A capture whose every step is a test's. By default it stops at once and tells what it wrote. */
final class MemoryCapture implements RunningCapture {
    final CompletableFuture<Ending> ended = new CompletableFuture<>();
    final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    volatile CompletableFuture<Optional<ToolCounters>> answer = new CompletableFuture<>();
    volatile CompletableFuture<Optional<ClockReading>> clock = CompletableFuture.completedFuture(Optional.empty());
    volatile Duration handOver = Duration.ZERO;
    volatile boolean endsWhenAsked = true;
    /** What the question after the next one is answered with. */
    volatile Optional<ToolCounters> next = Optional.empty();

    volatile boolean deliversAtEnd;
    final AtomicInteger asked = new AtomicInteger();
    private final PacketSink sink;
    private long written;
    private long dropped;

    MemoryCapture(PacketSink sink) {
        this.sink = sink;
        this.answer = CompletableFuture.completedFuture(Optional.of(counted()));
    }

    /** Makes one whose file header has arrived. */
    static MemoryCapture begun(PacketSink sink) throws IOException {
        byte[] header = PcapBytes.ethernet().array();
        sink.write(header, 0, header.length);
        return new MemoryCapture(sink);
    }

    synchronized void send(int packets) {
        PcapBytes stream = PcapBytes.ethernet();
        int header = stream.size();
        for (int i = 0; i < packets; i++) {
            stream.record(new byte[60]);
        }
        write(Arrays.copyOfRange(stream.array(), header, stream.size()));
        written += packets;
        answer = CompletableFuture.completedFuture(Optional.of(counted()));
    }

    synchronized void write(byte... octets) {
        try {
            sink.write(octets, 0, octets.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void drop(long packets) {
        dropped += packets;
        answer = CompletableFuture.completedFuture(Optional.of(counted()));
    }

    synchronized ToolCounters counted() {
        return ToolCounters.of(written, written + dropped, dropped);
    }

    @Override
    public void stop() {
        stopAsked.complete(null);
        if (endsWhenAsked) {
            ended.complete(Ending.whole(EndCause.STOPPED, counted()));
        }
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        CompletableFuture<Optional<ToolCounters>> now = answer;
        next.ifPresent(then -> answer = CompletableFuture.completedFuture(Optional.of(then)));
        // Last: who has seen it may set the answer to the next.
        asked.incrementAndGet();
        return now;
    }

    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        return clock;
    }

    @Override
    public boolean deliversAtEnd() {
        return deliversAtEnd;
    }

    @Override
    public Duration handOver() {
        return handOver;
    }

    @Override
    public void close() {
        closed.complete(null);
        ended.complete(Ending.cut(FailureReason.CANCELLED, "the capture was given up"));
    }
}
