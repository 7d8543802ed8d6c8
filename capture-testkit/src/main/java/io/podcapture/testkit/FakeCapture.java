package io.podcapture.testkit;

import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.ClockReading;
import io.podcapture.spi.Ending;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.Timers;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A capture in memory that behaves as tcpdump does: packets lie in a kernel buffer until it is handed over, some time after
 * the first of them, and a stop leaves what is still there. Guarded by itself.
 */
final class FakeCapture implements RunningCapture {
    private final FakeMachine machine;
    private final Duration blockTimeout;
    private final CaptureRequest request;
    private final PacketSink sink;
    private final MethodContext context;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final Queue<byte[]> kernelBuffer = new ArrayDeque<>();
    private Timers.Handle handOver = () -> {};
    private long captured;
    private long received;
    private long dropped;

    FakeCapture(
            FakeMachine machine,
            Duration blockTimeout,
            CaptureRequest request,
            PacketSink sink,
            MethodContext context) {
        this.machine = machine;
        this.blockTimeout = blockTimeout;
        this.request = request;
        this.sink = sink;
        this.context = context;
    }

    synchronized void begin() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(request.snaplen()).putInt(1);
        write(header.array());
        machine.attach(this);
    }

    synchronized void receive(byte[] frame) {
        if (ended.isDone()) {
            return;
        }
        received++;
        kernelBuffer.add(record(machine.time(), frame));
        if (kernelBuffer.size() == 1) {
            handOver = context.timers().after(blockTimeout, this::giveOut);
        }
        if (request.maxPackets().isPresent()
                && captured + kernelBuffer.size() >= request.maxPackets().getAsLong()) {
            giveOut();
            end(Ending.whole(EndCause.PACKET_LIMIT, counted()));
        }
    }

    synchronized void drop(long packets) {
        received += packets;
        dropped += packets;
    }

    synchronized void breakOff() {
        if (!ended.isDone()) {
            try {
                write(new byte[] {1, 2, 3});
            } catch (IOException e) {
                context.diagnostic(e.toString());
            }
            end(Ending.cut(FailureReason.STREAM_LOST, "the fake connection broke"));
        }
    }

    @Override
    public synchronized void stop() {
        handOver.cancel();
        end(Ending.whole(EndCause.STOPPED, counted()));
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public synchronized CompletionStage<Optional<ToolCounters>> counters() {
        return CompletableFuture.completedFuture(Optional.of(counted()));
    }

    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        return CompletableFuture.completedFuture(Optional.of(new ClockReading(machine.time(), Duration.ZERO)));
    }

    @Override
    public Duration handOver() {
        return blockTimeout.multipliedBy(2);
    }

    @Override
    public synchronized void close() {
        handOver.cancel();
        end(Ending.cut(FailureReason.CANCELLED, "the capture was given up"));
    }

    private synchronized void giveOut() {
        for (byte[] record = kernelBuffer.poll(); record != null && !ended.isDone(); record = kernelBuffer.poll()) {
            try {
                write(record);
                captured++;
            } catch (IOException e) {
                end(Ending.cut(
                        FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage()));
            }
        }
    }

    private byte[] record(Instant time, byte[] frame) {
        int length = Math.min(frame.length, request.snaplen());
        ByteBuffer record = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) time.getEpochSecond()).putInt(time.getNano() / 1000);
        return record.putInt(length).putInt(frame.length).put(frame, 0, length).array();
    }

    private void write(byte[] octets) throws IOException {
        sink.write(octets, 0, octets.length);
    }

    private ToolCounters counted() {
        return ToolCounters.of(captured, received, dropped);
    }

    private void end(Ending ending) {
        if (ended.complete(ending)) {
            machine.detach(this);
        }
    }
}
