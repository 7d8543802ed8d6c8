package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A capture whose part file has as many octets as it may have ends, and has all that came before. */
class CaptureSessionLimitTest extends SessionFixture {
    private static final int HEADER = 24;
    private static final int RECORD = 76;

    private final ScriptedMethod method = tidy("one");

    @Test
    void maxBytes_reached_endsWithWholeFile() throws Exception {
        try (CaptureSession session =
                on("a", method).maxBytes(HEADER + 2 * RECORD).start()) {
            method.capture("a").send(1);
            method.capture("a").write(new byte[0]);
            assertThat(method.capture("a").stopAsked).isNotDone();
            method.capture("a").send(1);
            CaptureResult result = ended(session).requireComplete();
            assertThat(result.points().get(0))
                    .returns(EndCause.BYTE_LIMIT, PointResult::endedBy)
                    .returns(DrainProof.COUNTERS, PointResult::drain);
            assertThat(packets(result)).isEqualTo(2);
        }
    }

    @Test
    void maxBytes_reachedByTheHeader_endsAtOnce() throws Exception {
        try (CaptureSession session = on("a", method).maxBytes(1).start()) {
            assertThat(ended(session).requireComplete().points().get(0).endedBy())
                    .isEqualTo(EndCause.BYTE_LIMIT);
        }
    }

    @Test
    void maxBytes_onePointReachesIt_endsThatOneOnly() throws Exception {
        try (CaptureSession session =
                on("a,b", method).maxBytes(HEADER + RECORD).start()) {
            method.capture("a").send(1);
            get(method.capture("a").closed);
            assertThat(method.capture("b").stopAsked).isNotDone();
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points())
                    .extracting(PointResult::endedBy)
                    .containsExactly(EndCause.BYTE_LIMIT, EndCause.STOPPED);
        }
    }

    @Test
    void maxBytes_reachedWithPacketsOnTheirWay_waitsForThem() throws Exception {
        try (CaptureSession session = on("a", method).maxBytes(HEADER + RECORD).start()) {
            MemoryCapture capture = method.capture("a");
            capture.handOver = Duration.ofHours(1);
            capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(1, 3, 0)));
            capture.write(records(1));
            timers.awaitPending(1);
            assertThat(capture.stopAsked).isNotDone();
            capture.endsWhenAsked = false;
            capture.write(records(2));
            get(capture.stopAsked);
            capture.ended.complete(Ending.whole(EndCause.STOPPED, ToolCounters.of(3, 3, 0)));
            CaptureResult result = ended(session).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
            assertThat(packets(result)).isEqualTo(3);
        }
    }

    @Test
    void maxBytes_ofToolThatDeliversAtTheEnd_isItsOwnAffair() throws Exception {
        CompletableFuture<OptionalLong> told = new CompletableFuture<>();
        ScriptedMethod late = new ScriptedMethod("late", points, (request, sink, context) -> {
            told.complete(request.maxBytes());
            MemoryCapture capture = new MemoryCapture(sink);
            capture.deliversAtEnd = true;
            return capture;
        });
        AtomicInteger tasks = new AtomicInteger();
        Executor counting = task -> {
            tasks.incrementAndGet();
            CompletableFuture.runAsync(task, ForkJoinPool.commonPool());
        };
        try (CaptureSession session =
                on("a", late).maxBytes(HEADER).executor(counting).start()) {
            assertThat(get(told)).hasValue(HEADER);
            MemoryCapture capture = late.capture("a");
            int before = tasks.get();
            capture.write(header());
            capture.write(records(2));
            assertThat(tasks).as("a stop is a task").hasValue(before);
            capture.ended.complete(Ending.whole(EndCause.BYTE_LIMIT, ToolCounters.of(2, 9, 0)));
            CaptureResult result = ended(session).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
        }
    }
}
