package com.example.tail;

import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.pcap.PacketCursor;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.pcap.filter.PacketFilter;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.Ending;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.Timers;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One file that grows. Guarded by itself; threads of the session do the work. */
final class TailCapture implements RunningCapture {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final PacketCursor packets;
    private final PacketFilter filter;
    private final PcapWriter out;
    private final CaptureRequest request;
    private final MethodContext context;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private Timers.Handle nextLook = () -> {};
    private long captured;

    TailCapture(
            PacketCursor packets, PacketFilter filter, PcapWriter out, CaptureRequest request, MethodContext context) {
        this.packets = packets;
        this.filter = filter;
        this.out = out;
        this.request = request;
        this.context = context;
    }

    /** Hands the header over, which the session waits for, and looks for packets from now on. */
    synchronized void begin() throws IOException {
        out.flush();
        lookLater();
    }

    @Override
    public void stop() {
        context.executor().execute(this::lookForTheLastTime);
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    /** Tells only what was captured: who reads a file does not know what was dropped before. */
    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        return CompletableFuture.supplyAsync(this::lookAndCount, context.executor());
    }

    @Override
    public synchronized void close() {
        end(Ending.cut(FailureReason.CANCELLED, "the capture was given up"));
    }

    private synchronized void lookForTheLastTime() {
        look();
        end(Ending.whole(EndCause.STOPPED, counted()));
    }

    private synchronized Optional<ToolCounters> lookAndCount() {
        look();
        return Optional.of(counted());
    }

    private synchronized void lookAgain() {
        look();
        lookLater();
    }

    // A timer's thread may not wait for a disk.
    private void lookLater() {
        if (!ended.isDone()) {
            nextLook = context.timers().after(PERIOD, () -> context.executor().execute(this::lookAgain));
        }
    }

    private void look() {
        try {
            try {
                while (!ended.isDone() && packets.next()) {
                    take();
                }
            } finally {
                out.flush();
            }
        } catch (IOException | IllegalArgumentException e) {
            // Damage, packets of another kind or of a time that pcap has not, or a sink that takes no more.
            end(Ending.cut(FailureReason.STREAM_LOST, "the packets of " + request.point() + " end: " + e.getMessage()));
        }
    }

    private void take() throws IOException {
        if (!filter.matches(packets)) {
            return;
        }
        ByteBuffer octets = packets.data();
        int kept = Math.min(octets.remaining(), request.snaplen());
        out.write(packets.timestampNanos(), octets.slice(octets.position(), kept), packets.originalLength());
        captured++;
        if (request.maxPackets().equals(OptionalLong.of(captured))) {
            out.flush();
            end(Ending.whole(EndCause.PACKET_LIMIT, counted()));
        }
    }

    private ToolCounters counted() {
        return new ToolCounters(
                OptionalLong.of(captured), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    private void end(Ending ending) {
        nextLook.cancel();
        ended.complete(ending);
    }
}
