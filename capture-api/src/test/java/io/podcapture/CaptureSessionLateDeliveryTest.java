package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A method that brings its packets only after the stop. */
class CaptureSessionLateDeliveryTest extends SessionFixture {
    private static final Duration HAND_OVER = Duration.ofMillis(1500);

    private final ScriptedMethod method = new ScriptedMethod("late", points, (request, sink, context) -> {
        MemoryCapture capture = new MemoryCapture(sink);
        capture.deliversAtEnd = true;
        capture.endsWhenAsked = false;
        capture.handOver = HAND_OVER;
        return capture;
    });

    @Test
    void start_noHeader_isReady() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            assertThat(session.ended()).isNotDone();
            method.capture("a").endsWhenAsked = true;
        }
    }

    @Test
    void stop_severalAreCaptured_asksOnceAndDoesNotWait() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            tells(3);
            int asked = capture.asked.get();
            CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
            capture.stopAsked.get(10, TimeUnit.SECONDS);
            assertThat(capture.asked.get() - asked).isEqualTo(1);
            deliver(3, ToolCounters.of(3, 3, 0));
            get(stop).requireComplete();
        }
    }

    @Test
    void stop_someAreInTheKernelsBuffer_asksUntilTheyAreCaptured() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            answers(ToolCounters.of(1, 3, 0));
            capture.next = Optional.of(ToolCounters.of(4, 9, 0));
            int asked = capture.asked.get();
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            assertThat(capture.asked.get() - asked).isEqualTo(2);
            deliver(4, ToolCounters.of(4, 9, 0));
            assertThat(get(stop).requireComplete().points().get(0).drain()).isEqualTo(DrainProof.COUNTERS);
        }
    }

    @Test
    void stop_someAreNeverCaptured_waitsForTheHandOver() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            answers(ToolCounters.of(1, 3, 0));
            long begun = timers.nanoTime();
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            assertThat(Duration.ofNanos(timers.nanoTime() - begun)).isGreaterThanOrEqualTo(HAND_OVER);
            deliver(1, ToolCounters.of(1, 3, 0));
            get(stop).requireComplete();
        }
    }

    // Until it comes, the tool may have been given a block that it has not read.
    @Test
    void stop_oldCountComesLate_isAskedForOnceMore() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            answers(ToolCounters.of(1, 3, 0));
            int asked = capture.asked.get();
            CompletableFuture<CaptureResult> stop = stopOnceAsked(session, asked + 1);
            CompletableFuture<Optional<ToolCounters>> late = new CompletableFuture<>();
            capture.answer = late;
            awaitAsked(capture, asked + 2);
            timers.advance(HAND_OVER);
            capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(2, 3, 0)));
            late.complete(Optional.of(ToolCounters.of(1, 3, 0)));
            awaitStop(capture);
            assertThat(capture.asked.get() - asked).isEqualTo(3);
            deliver(2, ToolCounters.of(2, 3, 0));
            assertThat(get(stop).points().get(0).outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @Test
    void stop_laterQuestionIsNotAnswered_leavesItToTheCountsAtTheEnd() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            answers(ToolCounters.of(1, 3, 0));
            int asked = capture.asked.get();
            CompletableFuture<CaptureResult> stop = stopOnceAsked(session, asked + 1);
            capture.answer = new CompletableFuture<>();
            awaitStop(capture);
            assertThat(capture.asked.get() - asked).isEqualTo(2);
            deliver(1, ToolCounters.of(1, 3, 0));
            assertThat(get(stop).points().get(0).outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @Test
    void stop_noTimeOfAHandOverIsKnown_isAskedTwiceAllTheSame() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            capture.handOver = Duration.ZERO;
            answers(ToolCounters.of(1, 3, 0));
            capture.next = Optional.of(ToolCounters.of(2, 3, 0));
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(2, ToolCounters.of(2, 3, 0));
            assertThat(get(stop).points().get(0).outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    // A second question would not be waited for: the stop could overtake it.
    @Test
    void stop_nothingWasHandedOver_asksOnce() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            tells(0);
            int asked = method.capture("a").asked.get();
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            assertThat(method.capture("a").asked.get() - asked).isEqualTo(1);
            deliver(0, ToolCounters.of(0, 0, 0));
            get(stop).requireComplete();
        }
    }

    @Test
    void stop_fileHasWhatWasHandedOver_isProvenByTheNumber() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            tells(3);
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(3, ToolCounters.of(3, 3, 0));
            CaptureResult result = get(stop).requireComplete();
            assertThat(result.points().get(0).drain()).isEqualTo(DrainProof.COUNTERS);
            assertThat(packets(result)).isEqualTo(3);
        }
    }

    @Test
    void stop_moreCameMeanwhile_isProvenByTheNumberToo() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            tells(3);
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            // Two more were captured, and three were left to the kernel: all of them came after the stop.
            deliver(5, ToolCounters.of(5, 8, 0));
            CaptureResult result = get(stop).requireComplete();
            assertThat(result.points().get(0).drain()).isEqualTo(DrainProof.COUNTERS);
            assertThat(packets(result)).isEqualTo(5);
        }
    }

    @Test
    void stop_fewerArrive_isTruncated() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            tells(3);
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(2, ToolCounters.of(2, 3, 0));
            CaptureResult result = get(stop);
            assertThat(result.points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(DrainProof.HAND_OVER, PointResult::drain)
                    .satisfies(point -> assertThat(point.explanation()).contains("does not agree"));
            assertThat(packets(result)).isEqualTo(2);
        }
    }

    @Test
    void stop_someOnTheWayAreLost_isTruncated() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            tells(3);
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(2, ToolCounters.of(3, 3, 0));
            assertThat(get(stop).points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .satisfies(point -> assertThat(point.explanation()).contains("the tool captured 3 packets"));
        }
    }

    @Test
    void stop_toolTellsNothing_needsTheCountsAtTheEnd() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            method.capture("a").answer = CompletableFuture.completedFuture(Optional.empty());
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(3, ToolCounters.of(3, 3, 0));
            assertThat(get(stop).requireComplete().points().get(0).drain()).isEqualTo(DrainProof.HAND_OVER);
        }
    }

    // Packets from before the filter was attached are counted, and given to nobody.
    @Test
    void stop_moreCountedThanEverCome_isProvenByTheRest() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            answers(ToolCounters.of(3, 5, 0));
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(3, ToolCounters.of(3, 5, 0));
            assertThat(get(stop).requireComplete().points().get(0).drain()).isEqualTo(DrainProof.COUNTERS);
        }
    }

    @Test
    void stop_moreCountedThanEverComeAndBusy_isNotProven() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            answers(ToolCounters.of(3, 5, 0));
            method.capture("a").next = Optional.of(ToolCounters.of(4, 6, 0));
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(4, ToolCounters.of(4, 6, 0));
            assertThat(get(stop).points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(DrainProof.HAND_OVER, PointResult::drain);
        }
    }

    @Test
    void stop_dropsBeforeAndAtRest_areCountedAsLost() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            answers(ToolCounters.of(3, 5, 2));
            CompletableFuture<CaptureResult> stop = stopAsked(session);
            deliver(3, ToolCounters.of(3, 5, 2));
            assertThat(get(stop).points().get(0))
                    .returns(Outcome.LOSSY, PointResult::outcome)
                    .returns(DrainProof.COUNTERS, PointResult::drain);
        }
    }

    @Test
    void snapshot_whileItRuns_failsForThatPointWithWords() throws Exception {
        ScriptedMethod prompt = tidy("prompt");
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.of("machine", "", "a"), on -> on.via(MethodChoice.inOrder(method)))
                .target(Targets.of("machine", "", "b"), on -> on.via(MethodChoice.inOrder(prompt)))
                .writeTo(directory.resolve("capture.pcapng"))
                .timers(timers)
                .start()) {
            prompt.capture("b").send(2);
            Snapshot snapshot = session.snapshot(directory.resolve("snapshot.pcapng"));
            assertThat(snapshot.points())
                    .extracting(SnapshotPoint::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.COMPLETE);
            assertThat(snapshot.points().get(0).explanation()).contains("only at the end of the session");
            method.capture("a").endsWhenAsked = true;
        }
    }

    private void tells(long handed) {
        answers(ToolCounters.of(handed, handed, 0));
    }

    private void answers(ToolCounters counters) {
        method.capture("a").answer = CompletableFuture.completedFuture(Optional.of(counters));
    }

    /** Begins a stop, and lets as much time pass as it takes until the tool is asked to. */
    private CompletableFuture<CaptureResult> stopAsked(CaptureSession session) {
        CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
        awaitStop(method.capture("a"));
        return stop;
    }

    /** Begins a stop, and waits until the tool has been asked so many times. */
    private CompletableFuture<CaptureResult> stopOnceAsked(CaptureSession session, int times) {
        CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
        awaitAsked(method.capture("a"), times);
        return stop;
    }

    private void awaitStop(MemoryCapture capture) {
        awaitInSteps(Duration.ofMillis(100), capture.stopAsked::isDone);
    }

    private void awaitAsked(MemoryCapture capture, int times) {
        awaitInSteps(Duration.ofMillis(10), () -> capture.asked.get() == times);
    }

    private void awaitInSteps(Duration step, BooleanSupplier condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            if (!condition.getAsBoolean()) {
                timers.advance(step);
            }
            return condition.getAsBoolean();
        });
    }

    private void deliver(int packets, ToolCounters counters) {
        MemoryCapture capture = method.capture("a");
        capture.write(header());
        capture.write(records(packets));
        capture.ended.complete(Ending.whole(EndCause.STOPPED, counters));
    }
}
