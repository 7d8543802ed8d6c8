package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a remote process in memory, so that no step depends on time. */
class RemoteTcpdumpTest {
    private static final byte[] HEADER = PcapBytes.ethernet().array();

    private final FeedProcess process = new FeedProcess();
    private final MemorySink sink = new MemorySink();
    private final LooseContext context = new LooseContext();

    @AfterEach
    void endThreads() {
        process.breakOff();
    }

    @Test
    void start_listeningSaid_returns() throws Exception {
        CompletableFuture<RunningCapture> start = begin();
        process.err.give("podcapture " + process.nonce + " pid 1\ntcpdump: data link type LINUX_SLL2\n");
        process.out.give(HEADER);
        sink.awaitOctets(24);
        assertThat(start).isNotDone();
        process.listen();
        assertThat(get(start).ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void start_endsBefore_failsAtOnceWithReasonAndWords() throws Exception {
        CompletableFuture<RunningCapture> start = begin();
        process.err.give("tcpdump: can't parse filter expression: syntax error\n");
        process.exit(1);
        CaptureException failure = failure(start);
        assertThat(failure.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(failure).hasMessageContaining("\"tcp prt 80\"").hasMessageContaining("syntax error");
        assertThat(process.closed).isDone();
        assertThat(context.timers.pending()).as("ticks").isZero();
    }

    @Test
    void start_connectionBreaksBefore_failsAtOnce() throws Exception {
        CompletableFuture<RunningCapture> start = begin();
        process.breakOff();
        assertThat(failure(start).reason()).isEqualTo(FailureReason.STREAM_LOST);
    }

    @Test
    void start_placeRefuses_tellsItsReason() throws Exception {
        CompletableFuture<RunningCapture> start = begin();
        process.exit.completeExceptionally(new CaptureException(FailureReason.TOOL_MISSING, "there is no sh"));
        process.err.end();
        process.out.end();
        CaptureException failure = failure(start);
        assertThat(failure.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(failure).hasMessageContaining("there is no sh");
    }

    @Test
    void start_neverListens_failsWithItsWordsWhenTimeIsUp() throws Exception {
        context.remaining = Duration.ofMillis(300);
        CompletableFuture<RunningCapture> start = begin();
        process.err.give("tcpdump: thinking\n");
        CaptureException failure = failure(start);
        assertThat(failure.reason()).isEqualTo(FailureReason.START_TIMEOUT);
        assertThat(failure).hasMessageContaining("tcpdump: thinking");
        assertThat(process.closed).isDone();
    }

    @Test
    void stop_everythingTold_isWholeAndStripped() throws Exception {
        RunningCapture capture = listening();
        byte[] stream = PcapBytes.ethernet().record(new byte[40]).array();
        process.out.give(stream);
        capture.stop();
        assertThat(process.sent).containsExactly("stop");
        process.err.give("1 packet captured\n2 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        assertThat(ending(capture)).isEqualTo(Ending.whole(EndCause.STOPPED, ToolCounters.of(1, 2, 0)));
        assertThat(sink.octets()).isEqualTo(stream);
    }

    @Test
    void ended_trailerBeforeTheLastWords_waitsForThem() throws Exception {
        RunningCapture capture = listening();
        capture.stop();
        process.out.give(process.trailer(0));
        process.err.give("7 packets captured\n7 packets received by filter\n0 packets dropped by kernel\n");
        process.err.give("podcapture " + process.nonce + " exit 0\n");
        assertThat(ending(capture)).isEqualTo(Ending.whole(EndCause.STOPPED, ToolCounters.of(7, 7, 0)));
    }

    @Test
    void ended_trailerButNoLastWords_isNotProven() throws Exception {
        RunningCapture capture = listening();
        capture.stop();
        process.out.give(process.trailer(0));
        process.err.end();
        assertThat(ending(capture)).returns(false, Ending::proven).returns(EndCause.FAULT, Ending::cause);
    }

    @Test
    void ended_streamEndsWithoutTrailer_isNotProvenAndKeepsItsOctets() throws Exception {
        RunningCapture capture = listening();
        byte[] most = (new String(HEADER, "ISO-8859-1") + process.trailer(0).substring(0, 20)).getBytes("ISO-8859-1");
        process.out.give(most);
        process.out.end();
        process.err.give("podcapture " + process.nonce + " exit 0\n");
        process.exit.complete(0);
        assertThat(ending(capture))
                .returns(false, Ending::proven)
                .returns(EndCause.FAULT, Ending::cause)
                .returns(FailureReason.STREAM_LOST, e -> e.reason().orElseThrow());
        assertThat(sink.octets()).isEqualTo(most);
    }

    @Test
    void ended_connectionBreaks_isNotProvenAndSaysWhy() throws Exception {
        RunningCapture capture = listening();
        process.breakOff();
        assertThat(ending(capture))
                .returns(false, Ending::proven)
                .satisfies(ending -> assertThat(ending.explanation()).contains("connection reset"));
    }

    @Test
    void ended_byPacketLimit_isWhole() throws Exception {
        RunningCapture capture = listening(Requests.of("any", "", OptionalLong.of(5)));
        process.err.give("5 packets captured\n9 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        assertThat(ending(capture)).isEqualTo(Ending.whole(EndCause.PACKET_LIMIT, ToolCounters.of(5, 9, 0)));
    }

    @Test
    void ended_beforeThePacketLimit_isFault() throws Exception {
        RunningCapture capture = listening(Requests.of("any", "", OptionalLong.of(100)));
        process.err.give("37 packets captured\n37 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        assertThat(ending(capture)).returns(EndCause.FAULT, Ending::cause);
    }

    @Test
    void ended_byPacketLimitWhileStopping_isPacketLimit() throws Exception {
        RunningCapture capture = listening(Requests.of("any", "", OptionalLong.of(5)));
        capture.stop();
        process.err.give("5 packets captured\n9 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        assertThat(ending(capture)).returns(EndCause.PACKET_LIMIT, Ending::cause);
    }

    @Test
    void tool_thatMayNotBeSignalled_endsAtOnceAndSaysWhatToDo() throws Exception {
        RunningCapture capture = listening();
        capture.counters();
        process.err.give("podcapture " + process.nonce + " deaf\n");
        assertThat(ending(capture))
                .returns(FailureReason.PROCESS_FAILED, e -> e.reason().orElseThrow())
                .satisfies(ending -> assertThat(ending.explanation()).contains("KILL"));
        assertThat(process.closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void ended_byItself_isFault() throws Exception {
        RunningCapture capture = listening();
        process.err.give("5 packets captured\n5 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        assertThat(ending(capture))
                .returns(EndCause.FAULT, Ending::cause)
                .returns(ToolCounters.of(5, 5, 0), Ending::counters);
    }

    @Test
    void ended_withErrorStatus_isFaultWithWords() throws Exception {
        RunningCapture capture = listening();
        capture.stop();
        process.err.give("tcpdump: pcap_loop: The interface disappeared\n");
        process.exit(1);
        assertThat(ending(capture))
                .returns(EndCause.FAULT, Ending::cause)
                .returns(false, Ending::proven)
                .returns(FailureReason.PROCESS_FAILED, e -> e.reason().orElseThrow())
                .satisfies(ending -> assertThat(ending.explanation()).contains("The interface disappeared"));
    }

    @Test
    void sink_throws_endsWithOutputFailedAndDisconnects() throws Exception {
        RunningCapture capture = listening();
        sink.limit(30);
        process.out.give(HEADER);
        process.out.give(new byte[100]);
        assertThat(ending(capture))
                .returns(FailureReason.OUTPUT_FAILED, e -> e.reason().orElseThrow())
                .satisfies(ending -> assertThat(ending.explanation()).contains("No space left on device"));
        assertThat(process.closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void clock_questionThatCouldNotBeSent_takesNoLaterAnswer() throws Exception {
        RunningCapture capture = listening();
        process.broken = true;
        assertThat(capture.clock().toCompletableFuture()).isCompletedWithValue(Optional.empty());
        process.broken = false;
        CompletableFuture<Optional<ClockReading>> second = capture.clock().toCompletableFuture();
        assertThat(second).isNotDone();
        process.err.give("podcapture " + process.nonce + " clock 1700000000.000001\n");
        assertThat(second.get(10, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void sink_fails_endsAllTheSame() throws Exception {
        RunningCapture capture = listening();
        sink.beforeWrite(() -> {
            throw new IllegalStateException("a bug");
        });
        process.out.give(HEADER);
        assertThat(ending(capture))
                .returns(FailureReason.OUTPUT_FAILED, e -> e.reason().orElseThrow())
                .satisfies(ending -> assertThat(ending.explanation()).contains("a bug"));
        assertThat(process.closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void stop_connectionBroken_saysSoAndDoesNotThrow() throws Exception {
        RunningCapture capture = listening();
        process.broken = true;
        capture.stop();
        assertThat(context.diagnostics).anyMatch(line -> line.contains("broken pipe"));
    }

    @Test
    void close_afterWholeEnd_acknowledgesThenDisconnects() throws Exception {
        RunningCapture capture = listening();
        capture.stop();
        process.err.give("0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n");
        process.exit(0);
        ending(capture);
        capture.close();
        capture.close();
        assertThat(process.sent).containsExactly("stop", "ack");
        assertThat(process.closed).isDone();
        assertThat(context.timers.pending()).as("ticks").isZero();
    }

    @Test
    void close_beforeTheEnd_givesUpWithoutAcknowledging() throws Exception {
        RunningCapture capture = listening();
        capture.close();
        assertThat(ending(capture).proven()).isFalse();
        assertThat(process.sent).doesNotContain("ack");
    }

    private CompletableFuture<RunningCapture> begin() throws InterruptedException {
        return begin(Requests.of("any", "tcp prt 80"));
    }

    private CompletableFuture<RunningCapture> begin(CaptureRequest request) throws InterruptedException {
        CompletableFuture<RunningCapture> start = new CompletableFuture<>();
        context.executor().execute(() -> {
            try {
                start.complete(RemoteTcpdump.of(request).start(process.shell(), sink, context));
            } catch (IOException | InterruptedException | RuntimeException e) {
                start.completeExceptionally(e);
            }
        });
        context.timers.awaitPending(1);
        return start;
    }

    private RunningCapture listening() throws Exception {
        return listening(Requests.of("any", ""));
    }

    private RunningCapture listening(CaptureRequest request) throws Exception {
        CompletableFuture<RunningCapture> start = begin(request);
        process.listen();
        return get(start);
    }

    private static CaptureException failure(CompletableFuture<?> start) {
        Throwable thrown = catchThrowableOfType(ExecutionException.class, () -> get(start));
        assertThat(thrown).hasCauseInstanceOf(CaptureException.class);
        return (CaptureException) thrown.getCause();
    }

    private static Ending ending(RunningCapture capture) throws Exception {
        return get(capture.ended().toCompletableFuture());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
