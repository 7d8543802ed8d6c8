package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executor that refuses tasks of a session that has begun: it ends all the same, with nothing left behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureSessionExecutorTest extends SessionFixture {
    private static final String WARNING = "the session's executor refused a task, which got a thread of its own:"
            + " java.util.concurrent.RejectedExecutionException: closed";

    private final Executor threads = new DaemonThreads("test");
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private final ScriptedMethod method = tidy("one");

    @AfterEach
    void onlyTheFilesOfTheResultAreThere() {
        assertThat(diary).containsExactly("cleaned a");
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("capture.pcapng", "capture.pcapng.manifest.json");
    }

    // The drain, the end of the capture and that of the session are a task each.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void stop_executorRefusesAfterSoManyTasks_isWholeAndSaysSo(int accepted) throws Exception {
        try (CaptureSession session = started()) {
            method.capture("a").send(2);
            left.set(accepted);
            CaptureResult result =
                    get(CompletableFuture.supplyAsync(session::stop, threads)).requireComplete();
            assertThat(result.points()).extracting(PointResult::endedBy).containsExactly(EndCause.STOPPED);
            assertThat(result.warnings()).containsExactly(WARNING);
            assertThat(packets(result)).isEqualTo(2);
        }
    }

    @Test
    void close_executorRefuses_endsTheSession() throws Exception {
        CaptureSession session = started();
        left.set(0);
        get(CompletableFuture.runAsync(session::close, threads));
        assertThat(session.ended()).isCompletedWithValueMatching(result -> result.outcome() == Outcome.COMPLETE);
    }

    @Test
    void maxDuration_executorRefuses_endsByIt() throws Exception {
        CaptureSession session = on("a", method)
                .executor(this::execute)
                .maxDuration(Duration.ofMinutes(5))
                .start();
        left.set(0);
        timers.advance(Duration.ofMinutes(5));
        assertThat(ended(session).requireComplete().points().get(0).endedBy()).isEqualTo(EndCause.DURATION_LIMIT);
    }

    @Test
    void stream_breaksAndExecutorRefuses_saysWhatBroke() throws Exception {
        CaptureSession session = started();
        method.capture("a").send(2);
        left.set(0);
        method.capture("a").ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
        timers.awaitPending(1);
        timers.advance(Duration.ofSeconds(3));
        CaptureResult result = ended(session);
        assertThat(result.points().get(0))
                .returns(Outcome.TRUNCATED, PointResult::outcome)
                .returns(Optional.of(FailureReason.STREAM_LOST), PointResult::reason);
        assertThat(packets(result)).isEqualTo(2);
    }

    @Test
    void stop_notHeededAndExecutorRefuses_isGivenUp() throws Exception {
        CaptureSession session = started();
        method.capture("a").send(1);
        method.capture("a").endsWhenAsked = false;
        CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop, threads);
        get(method.capture("a").stopAsked);
        left.set(0);
        timers.awaitPending(1);
        timers.advance(Duration.ofSeconds(40));
        assertThat(get(stop).points().get(0).reason()).hasValue(FailureReason.STOP_TIMEOUT);
    }

    @Test
    void listener_executorRefuses_hearsOfTheEnd() throws Exception {
        CompletableFuture<PointResult> heard = new CompletableFuture<>();
        CaptureSession session = on("a", method)
                .executor(this::execute)
                .listener(new CaptureListener() {
                    @Override
                    public void ended(PointResult point) {
                        heard.complete(point);
                    }
                })
                .start();
        left.set(0);
        assertThat(get(CompletableFuture.supplyAsync(session::stop, threads)).points())
                .containsExactly(get(heard));
    }

    private CaptureSession started() {
        return on("a", method).executor(this::execute).start();
    }

    private void execute(Runnable task) {
        if (left.getAndDecrement() <= 0) {
            throw new RejectedExecutionException("closed");
        }
        threads.execute(task);
    }
}
