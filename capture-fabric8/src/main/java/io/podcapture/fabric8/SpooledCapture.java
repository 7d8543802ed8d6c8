package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.CaptureRequest;
import io.podcapture.spi.ClockReading;
import io.podcapture.spi.Ending;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.PacketSink;
import io.podcapture.spi.RemoteShell;
import io.podcapture.spi.RemoteTcpdump;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A tcpdump that writes where it runs; its files are fetched when it has ended. */
final class SpooledCapture implements RunningCapture {
    private final RunningCapture tool;
    private final SpoolFiles files;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    SpooledCapture(RunningCapture tool, SpoolFiles files, Executor executor) {
        this.tool = tool;
        this.files = files;
        tool.ended().thenAccept(ending -> executor.execute(() -> bring(ending)));
    }

    /**
     * Starts a tcpdump that writes into files.
     *
     * @param tcpdump all but where it writes
     * @param room within which it stays
     * @param shell by which it is started
     * @throws CaptureException if it ends before it listens
     * @throws IOException if it cannot be started
     */
    static SpooledCapture start(
            CaptureRequest request,
            RemoteTcpdump tcpdump,
            SpoolRoom room,
            SpoolFiles files,
            RemoteShell shell,
            MethodContext context)
            throws IOException, InterruptedException {
        RunningCapture running = tcpdump.intoFiles(
                        files.directory(), room.megabytes(), room.files(), room.filesOfAll(), room.most())
                .start(shell, new NoSink(), context);
        running.ended().thenAccept(ending -> {
            if (ending.cause() == EndCause.BYTE_LIMIT && request.maxBytes().isEmpty()) {
                context.warning(
                        request.point() + ": the capture ended early, since the room for its packets in the pod is used"
                                + " up; a larger spoolSize, a filter or a smaller snaplen helps");
            }
        });
        return new SpooledCapture(running, files, context.executor());
    }

    @Override
    public void stop() {
        tool.stop();
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ToolCounters>> counters() {
        return tool.counters();
    }

    @Override
    public CompletionStage<Optional<ClockReading>> clock() {
        return tool.clock();
    }

    @Override
    public Duration handOver() {
        return tool.handOver();
    }

    @Override
    public boolean deliversAtEnd() {
        return true;
    }

    @Override
    public void close() {
        files.close();
        tool.close();
    }

    // Also after a break of the connection to the tool: what it has written until then is worth having.
    private void bring(Ending ending) {
        try {
            files.fetch(ending.proven());
            ended.complete(ending);
        } catch (PacketStream.Full e) {
            ended.complete(cut(
                    ending, FailureReason.OUTPUT_FAILED, "the capture file could not be written: " + e.getMessage()));
        } catch (UntoldEnd e) {
            ended.complete(lost(ending, "nothing proves that all packets that were written in the pod came: ", e));
        } catch (IOException | CaptureException e) {
            ended.complete(lost(ending, "the packets that were written in the pod could not be fetched: ", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.complete(cut(ending, FailureReason.CANCELLED, "fetching the packets was interrupted"));
        } catch (RuntimeException | Error e) {
            ended.complete(cut(ending, FailureReason.OUTPUT_FAILED, "the packets could not be taken: " + e));
            throw e;
        }
    }

    private static Ending lost(Ending ending, String what, Exception e) {
        String before = ending.explanation().isEmpty() ? "" : ending.explanation() + "; ";
        return cut(ending, ending.reason().orElse(FailureReason.STREAM_LOST), before + what + e.getMessage());
    }

    // What the tool counted is known, however little of it has come.
    private static Ending cut(Ending ending, FailureReason reason, String why) {
        return new Ending(EndCause.FAULT, false, ending.counters(), Optional.of(reason), why);
    }

    /** Takes nothing: the packets are written elsewhere. */
    private static final class NoSink extends PacketSink {
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            throw new IOException("packets came that should have been written where they were captured");
        }
    }
}
