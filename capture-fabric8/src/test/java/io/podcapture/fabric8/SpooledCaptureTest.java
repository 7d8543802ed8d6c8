package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.spi.ClockReading;
import io.podcapture.spi.Ending;
import io.podcapture.spi.RunningCapture;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpooledCaptureTest {
    private static final ToolCounters COUNTERS = ToolCounters.of(7, 9, 2);
    private static final Ending WHOLE = Ending.whole(EndCause.PACKET_LIMIT, COUNTERS);
    private static final String UNFETCHED = "the packets that were written in the pod could not be fetched: ";

    private final Tool tool = new Tool();
    private final MemorySink sink = new MemorySink(40);
    private final List<Duration> limits = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private OwnTraffic.Shell shell = (argv, limit) -> SendingProcess.of(Archives.of("packets"), 0);
    private final SpoolFiles files = new SpoolFiles(
            (argv, limit) -> {
                limits.add(limit);
                return shell.start(argv, limit);
            },
            new LooseContext(),
            sink);
    private final SpooledCapture capture = new SpooledCapture(tool, files, tasks::add);

    @Test
    void ended_ofTool_waitsForItsFiles() {
        assertThat(capture.deliversAtEnd()).isTrue();
        tool.ended.complete(WHOLE);
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
        assertThat(sink.octets())
                .as("not fetched by the thread that tells the end")
                .isEmpty();
        assertThat(ending()).isEqualTo(WHOLE);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "packets");
        assertThat(limits).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void ended_afterABreak_bringsWhatWasWrittenUntilThen() {
        Ending broken = Ending.cut(FailureReason.STREAM_LOST, "silence");
        tool.ended.complete(broken);
        assertThat(ending()).isEqualTo(broken);
        assertThat(sink.octets()).asString().isEqualTo(Archives.HEADER + "packets");
        assertThat(limits).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void ended_filesCannotBeFetched_keepsWhatTheToolCounted() {
        fails(new IOException("connection reset"));
        tool.ended.complete(WHOLE);
        assertThat(ending()).isEqualTo(cut(FailureReason.STREAM_LOST, UNFETCHED + "connection reset"));
    }

    @Test
    void ended_nobodyTellsWhetherAllCame_saysJustThat() throws Exception {
        byte[] betweenFiles = Arrays.copyOf(Archives.of("packets"), 1024);
        shell = (argv, limit) -> SendingProcess.breaking(betweenFiles);
        tool.ended.complete(WHOLE);
        assertThat(ending().explanation())
                .startsWith("nothing proves that all packets that were written in the pod came: the command that sends"
                        + " the files told no end: ")
                .endsWith("connection reset");
    }

    @Test
    void ended_filesCannotBeFetchedAfterAFault_keepsThatReasonBeforeIt() {
        fails(new CaptureException(FailureReason.TARGET_NOT_FOUND, "the pod is gone"));
        tool.ended.complete(cut(FailureReason.PROCESS_FAILED, "tcpdump ended with status 1"));
        assertThat(ending())
                .isEqualTo(cut(
                        FailureReason.PROCESS_FAILED, "tcpdump ended with status 1; " + UNFETCHED + "the pod is gone"));
    }

    @Test
    void ended_sinkIsFull_isTheFaultOfTheOutput() {
        shell = (argv, limit) -> SendingProcess.of(Archives.of("more packets than fit"), 0);
        tool.ended.complete(WHOLE);
        assertThat(ending())
                .isEqualTo(cut(FailureReason.OUTPUT_FAILED, "the capture file could not be written: no space left"));
    }

    @Test
    void ended_sinkFailsInAnotherWay_isTheFaultOfTheOutputAndThrown() {
        IllegalStateException bug = new IllegalStateException("a bug");
        shell = (argv, limit) -> {
            throw bug;
        };
        tool.ended.complete(WHOLE);
        assertThatThrownBy(() -> tasks.remove().run()).isSameAs(bug);
        assertThat(capture.ended().toCompletableFuture().join())
                .isEqualTo(cut(FailureReason.OUTPUT_FAILED, "the packets could not be taken: " + bug));
    }

    @Test
    void ended_fetchIsInterrupted_isCancelledAndStaysInterrupted() {
        shell = (argv, limit) -> {
            throw new InterruptedException();
        };
        tool.ended.complete(WHOLE);
        Ending ending = ending();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ending).isEqualTo(cut(FailureReason.CANCELLED, "fetching the packets was interrupted"));
    }

    @Test
    void close_beforeTheFetchIsOver_closesItAndTheTool() {
        SendingProcess silent = SendingProcess.of(new byte[0], 0);
        shell = (argv, limit) -> silent;
        capture.close();
        assertThat(tool.calls).containsExactly("close");
        tool.ended.complete(WHOLE);
        assertThat(ending()).returns(Optional.of(FailureReason.STREAM_LOST), Ending::reason);
        assertThat(silent.closed).isDone();
    }

    @Test
    void all_else_isAskedOfTheTool() {
        capture.stop();
        assertThat(tool.calls).containsExactly("stop");
        assertThat(capture.counters()).isSameAs(tool.counters);
        assertThat(capture.clock()).isSameAs(tool.clock);
        assertThat(capture.handOver()).isEqualTo(Duration.ofMillis(200));
    }

    private void fails(Exception failure) {
        shell = (argv, limit) -> {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            throw (CaptureException) failure;
        };
    }

    private Ending ending() {
        tasks.remove().run();
        return capture.ended().toCompletableFuture().join();
    }

    private static Ending cut(FailureReason reason, String why) {
        return new Ending(EndCause.FAULT, false, COUNTERS, Optional.of(reason), why);
    }

    private static final class Tool implements RunningCapture {
        final List<String> calls = new ArrayList<>();
        final CompletableFuture<Ending> ended = new CompletableFuture<>();
        final CompletableFuture<Optional<ToolCounters>> counters = new CompletableFuture<>();
        final CompletableFuture<Optional<ClockReading>> clock = new CompletableFuture<>();

        @Override
        public void stop() {
            calls.add("stop");
        }

        @Override
        public CompletionStage<Ending> ended() {
            return ended;
        }

        @Override
        public CompletionStage<Optional<ToolCounters>> counters() {
            return counters;
        }

        @Override
        public CompletionStage<Optional<ClockReading>> clock() {
            return clock;
        }

        @Override
        public Duration handOver() {
            return Duration.ofMillis(200);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
