package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CaptureSessionStopTest extends SessionFixture {
    private final ScriptedMethod method = tidy("one");

    @Test
    void stop_twoPoints_mergesBothInOneFile() throws Exception {
        try (CaptureSession session = on("a,b", method).start()) {
            method.capture("a").send(2);
            method.capture("b").send(3);
            CaptureResult result = session.stop().requireComplete();
            assertThat(packets(result)).isEqualTo(5);
            assertThat(result.points()).extracting(PointResult::drain).containsOnly(DrainProof.COUNTERS);
            try (var files = Files.list(directory)) {
                assertThat(files)
                        .containsExactlyInAnyOrder(
                                result.file().orElseThrow(), result.manifest().orElseThrow());
            }
        }
    }

    @Test
    void stop_cleanups_runLastFirstAndAFailingOneIsLeftOver() throws Exception {
        ScriptedMethod messy = new ScriptedMethod("one", points, (request, sink, context) -> {
            context.onCleanup("first", () -> diary.add("first"));
            context.onCleanup("stubborn", () -> {
                diary.add("stubborn");
                throw new IOException("403");
            });
            context.onCleanup("last", () -> diary.add("last"));
            context.remains("entry of a container", "nothing removes it");
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session = on("a", messy).start()) {
            CaptureResult result = session.stop();
            assertThat(diary).containsExactly("last", "stubborn", "first");
            assertThat(result.leftovers())
                    .containsExactly(
                            "entry of a container: nothing removes it", "stubborn: it could not be removed: 403");
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void stop_sharedThing_wasMadeOnceAndIsCleanedLast() throws Exception {
        ScriptedMethod sharing = new ScriptedMethod("one", points, (request, sink, context) -> {
            String shared = context.shared("node/n1", String.class, scope -> {
                diary.add("made");
                scope.onCleanup("helper", () -> diary.add("cleaned helper"));
                return "helper";
            });
            assertThat(shared).isEqualTo("helper");
            context.onCleanup("capture", () -> diary.add("cleaned capture"));
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session = on("a,b,c", sharing).start()) {
            session.stop();
            assertThat(diary)
                    .containsExactly("made", "cleaned capture", "cleaned capture", "cleaned capture", "cleaned helper");
        }
    }

    @Test
    void stop_interrupted_skipsTheDrainAndKeepsTheInterrupt() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            MemoryCapture capture = method.capture("a");
            capture.handOver = Duration.ofHours(1);
            capture.answer = CompletableFuture.completedFuture(Optional.of(ToolCounters.of(9, 9, 0)));
            Thread.currentThread().interrupt();
            CaptureResult result = session.stop();
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(result.points().get(0).drain()).isEqualTo(DrainProof.NONE);
        }
    }

    @Test
    void stop_noProgress_isGivenUpAfterTheStopTimeout() throws Exception {
        try (CaptureSession session =
                on("a", method).stopTimeout(Duration.ofSeconds(5)).start()) {
            MemoryCapture capture = method.capture("a");
            capture.send(1);
            capture.endsWhenAsked = false;
            CompletableFuture<CaptureResult> stop = CompletableFuture.supplyAsync(session::stop);
            get(capture.stopAsked);
            timers.awaitPending(1);
            timers.advance(Duration.ofSeconds(4));
            capture.send(1);
            timers.advance(Duration.ofSeconds(5));
            assertThat(capture.closed).isNotDone();
            timers.advance(Duration.ofSeconds(2));
            CaptureResult result = get(stop);
            assertThat(result.points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(Optional.of(FailureReason.STOP_TIMEOUT), PointResult::reason);
            assertThat(packets(result)).isEqualTo(2);
        }
    }

    @Test
    void maxDuration_reached_endsWithWholeFile() throws Exception {
        try (CaptureSession session =
                on("a", method).maxDuration(Duration.ofMinutes(5)).start()) {
            method.capture("a").send(4);
            timers.advance(Duration.ofSeconds(299));
            assertThat(session.ended()).isNotDone();
            timers.advance(Duration.ofSeconds(1));
            CaptureResult result = ended(session).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.DURATION_LIMIT);
            assertThat(packets(result)).isEqualTo(4);
        }
    }

    @Test
    void output_cannotBeWritten_keepsThePartsAndIsNotComplete() throws Exception {
        try (CaptureSession session = on("a,b", method).start()) {
            Files.createDirectories(directory.resolve("capture.pcapng/in/the/way"));
            method.capture("a").send(4);
            CaptureResult result = session.stop();
            assertThat(result.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(result.file()).isEmpty();
            assertThat(result.parts())
                    .hasSize(2)
                    .allSatisfy(part -> assertThat(part).exists());
            assertThat(Files.size(result.parts().get(0))).isEqualTo(24 + 4 * 76);
            assertThat(result.points().get(0).reason()).hasValue(FailureReason.OUTPUT_FAILED);
            assertThat(result.explanation()).contains(result.parts().get(0).toString());
            assertThat(result.warnings()).anyMatch(line -> line.contains("capture.pcapng"));
            assertThatThrownBy(result::requireComplete).isInstanceOf(CaptureException.class);
        }
    }

    @Test
    void point_goesAway_endsItsCaptureOnly() throws Exception {
        try (CaptureSession session = on("a,b", method).start()) {
            method.capture("a").send(1);
            points.listener.gone(ScriptedMethod.Points.point("a"), "it was deleted");
            get(method.capture("a").closed);
            method.capture("b").send(2);
            CaptureResult result = session.stop();
            assertThat(result.points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(EndCause.POINT_GONE, PointResult::endedBy)
                    .returns(Optional.of(FailureReason.TARGET_NOT_FOUND), PointResult::reason)
                    .satisfies(point -> assertThat(point.explanation()).contains("it was deleted"));
            assertThat(result.points().get(1).outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(packets(result)).isEqualTo(3);
        }
    }

    @Test
    void stream_breaksJustBeforeThePointGoes_isPutDownToThePoint() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            method.capture("a").send(1);
            method.capture("a").ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
            timers.awaitPending(1);
            points.listener.gone(ScriptedMethod.Points.point("a"), "it was deleted");
            assertThat(ended(session).points().get(0).endedBy()).isEqualTo(EndCause.POINT_GONE);
        }
    }

    @Test
    void stream_breaks_keepsWholePacketsAndSaysWhy() throws Exception {
        try (CaptureSession session = on("a", method).start()) {
            method.capture("a").send(2);
            method.capture("a").write((byte) 1, (byte) 2);
            method.capture("a").ended.complete(Ending.cut(FailureReason.STREAM_LOST, "it broke"));
            timers.awaitPending(1);
            timers.advance(Duration.ofSeconds(3));
            CaptureResult result = ended(session);
            assertThat(result.points().get(0))
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(EndCause.FAULT, PointResult::endedBy)
                    .satisfies(point -> assertThat(point.explanation()).contains("it broke"));
            assertThat(packets(result)).isEqualTo(2);
        }
    }

    @Test
    void discard_running_deletesEverything() throws Exception {
        CaptureSession session = on("a", method).start();
        method.capture("a").send(2);
        session.discard();
        Awaitility.await().untilAsserted(this::assertNoFiles);
        assertThat(diary).containsExactly("cleaned a");
    }
}
