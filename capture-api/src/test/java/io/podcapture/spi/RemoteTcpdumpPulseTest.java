package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The heartbeat, the lease and the questions of a capture that runs. */
class RemoteTcpdumpPulseTest {
    private static final String ASKED = StandIn.ASKED.replace("\\n", "\n");

    private final FeedProcess process = new FeedProcess();
    private final MemorySink sink = new MemorySink();
    private final LooseContext context = new LooseContext();
    private RunningCapture capture;

    @BeforeEach
    void begin() throws Exception {
        CompletableFuture<RunningCapture> start = new CompletableFuture<>();
        context.executor().execute(() -> {
            try {
                start.complete(RemoteTcpdump.of(Requests.of("any", "")).start(process.shell(), sink, context));
            } catch (IOException | InterruptedException | RuntimeException e) {
                start.completeExceptionally(e);
            }
        });
        context.timers.awaitPending(1);
        process.out.give(PcapBytes.ethernet().array());
        sink.awaitOctets(24);
        process.listen();
        capture = start.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() {
        process.breakOff();
    }

    @Test
    void heartbeat_missingForTwelveSeconds_isStreamLost() throws Exception {
        context.timers.advance(Duration.ofSeconds(11));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
        context.timers.advance(Duration.ofSeconds(1));
        assertThat(ending().reason()).hasValue(FailureReason.STREAM_LOST);
        assertThat(ending().proven()).isFalse();
        assertThat(process.closed).isDone();
        assertThat(context.timers.pending()).isZero();
    }

    @Test
    void heartbeat_missingWhileNothingIsAskedFor_meansNothing() throws Exception {
        context.timers.advance(Duration.ofSeconds(11));
        process.receiving = false;
        context.timers.advance(Duration.ofSeconds(600));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
        process.receiving = true;
        context.timers.advance(Duration.ofSeconds(11));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
        context.timers.advance(Duration.ofSeconds(1));
        assertThat(ending().reason()).hasValue(FailureReason.STREAM_LOST);
    }

    @Test
    void heartbeat_arrives_countsAnew() {
        context.timers.advance(Duration.ofSeconds(11));
        process.err.give("\u0006");
        heard();
        context.timers.advance(Duration.ofSeconds(11));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void packets_arrive_countAnew() {
        context.timers.advance(Duration.ofSeconds(11));
        process.out.give(new byte[16]);
        sink.awaitOctets(40);
        context.timers.advance(Duration.ofSeconds(11));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void lease_whileItRuns_isRenewedInTime() {
        process.receiving = false;
        context.timers.advance(Duration.ofSeconds(WrapperScript.LEASE_SECONDS));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(process.sent).containsOnly("keep").hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void lease_renewalFails_isSaidAndTheCaptureGoesOn() {
        process.broken = true;
        context.timers.advance(Duration.ofSeconds(10));
        Awaitility.await()
                .untilAsserted(() -> assertThat(context.diagnostics).anyMatch(line -> line.contains("broken pipe")));
        assertThat(capture.ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void counters_asked_areToldWhenTheyCome() throws Exception {
        CompletableFuture<Optional<ToolCounters>> answer = counters();
        assertThat(process.sent).containsExactly("stats");
        assertThat(answer).isNotDone();
        process.err.give(ASKED);
        assertThat(answer.get(10, TimeUnit.SECONDS)).hasValue(ToolCounters.of(3, 4, 1));
    }

    @Test
    void counters_connectionBroken_areEmptyAtOnce() {
        process.broken = true;
        assertThat(counters()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void counters_captureEndsMeanwhile_areEmpty() throws Exception {
        CompletableFuture<Optional<ToolCounters>> answer = counters();
        process.breakOff();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void counters_afterTheEnd_areEmptyAtOnce() throws Exception {
        process.breakOff();
        ending();
        assertThat(counters()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void counters_askedAgainBeforeTheAnswer_areBothTold() throws Exception {
        CompletableFuture<Optional<ToolCounters>> first = counters();
        CompletableFuture<Optional<ToolCounters>> second = counters();
        // A signal that is not yet handled takes up the next: ask only when the last answer is here.
        assertThat(process.sent).containsExactly("stats");
        process.err.give(ASKED);
        assertThat(first.get(10, TimeUnit.SECONDS)).isPresent();
        assertThat(second).isNotDone();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> process.sent.size() == 2);
        process.err.give(ASKED);
        assertThat(second.get(10, TimeUnit.SECONDS)).isPresent();
    }

    // What is said after the heartbeat is heard after it.
    private void heard() {
        process.err.give("tcpdump: heard\n");
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> context.diagnostics.contains("tcpdump: heard"));
    }

    private CompletableFuture<Optional<ToolCounters>> counters() {
        return capture.counters().toCompletableFuture();
    }

    private Ending ending() throws Exception {
        return capture.ended().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
