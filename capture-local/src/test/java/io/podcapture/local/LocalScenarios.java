package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CaptureStatistics;
import io.podcapture.DrainProof;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures without Kubernetes are whole, say whose packets are whose, and tell what ended them. */
abstract class LocalScenarios {
    private static final int LIMIT_OCTETS = 20_000;

    // Longer than any test; ended with the network, or by itself.
    private static final String FOR_EVER =
            "for ((i = 0; i < 200000; i++)); do echo -n x >/dev/udp/127.0.0.1/9; done 2>/dev/null; true";

    @TempDir
    private Path directory;

    abstract LocalStage stage();

    static IntStream repetitions() {
        return IntStream.rangeClosed(1, Integer.getInteger("podcapture.repetitions", 5));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void session_twoServers_holdsEveryRequestUnderItsPoint(int repetition) throws Exception {
        Target web = stage().web();
        Target bare = stage().bare();
        try (CaptureSession session = session("").target(web).target(bare).start()) {
            stage().requests(web, 0, 150);
            stage().requests(bare, 150, 150);
            CaptureResult result = session.stop().requireComplete();

            Map<String, SortedSet<Integer>> seen = CapturedNumbers.of(result);
            assertThat(seen.get(result.points().get(0).point().id()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 150));
            assertThat(seen.get(result.points().get(1).point().id()))
                    .containsExactlyElementsOf(CapturedNumbers.range(150, 150));
            assertThat(result.points()).allSatisfy(point -> {
                CaptureStatistics counted = point.statistics();
                assertThat(counted.captured()).hasValue(counted.packets());
                assertThat(counted.droppedByKernel()).hasValue(0);
                assertThat(point.drain()).isIn(DrainProof.COUNTERS, DrainProof.HAND_OVER);
            });
            CapturedNumbers.assertReadByOthers(
                    result.file().orElseThrow(),
                    result.points().stream()
                            .mapToLong(point -> point.statistics().packets())
                            .sum());
        }
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void stop_rightAfterBurst_missesNothing(int repetition) throws Exception {
        try (CaptureSession session = session("").target(stage().tools()).start()) {
            stage().datagrams(0, 1000);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 1000));
        }
    }

    @Test
    void stop_whileTrafficGoesOn_isComplete() throws Exception {
        Process busy = stage().start(FOR_EVER);
        try (CaptureSession session = session("").target(stage().tools()).start()) {
            stage().datagrams(0, 100);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 100));
        } finally {
            busy.destroy();
        }
    }

    @Test
    void stop_withDirectionInTheFilter_isNotFooledByLoopback() throws Exception {
        try (CaptureSession session =
                session("inbound and udp port 9").target(stage().tools()).start()) {
            stage().datagrams(0, 500);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 500));
        }
    }

    @Test
    void limits_octetsAndTime_endWholeCaptures() throws Exception {
        try (CaptureSession bySize = session("udp port 9")
                        .target(stage().tools())
                        .maxBytes(LIMIT_OCTETS)
                        .start();
                CaptureSession byTime = session("udp port 9")
                        .target(stage().tools())
                        .maxDuration(Duration.ofSeconds(2))
                        .start()) {
            stage().datagrams(0, 1000);
            CaptureResult full = bySize.ended().get(30, TimeUnit.SECONDS).requireComplete();
            assertThat(full.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
            CaptureResult over = byTime.ended().get(30, TimeUnit.SECONDS).requireComplete();
            assertThat(over.points().get(0).endedBy()).isEqualTo(EndCause.DURATION_LIMIT);
        }
    }

    @Test
    void target_endsInMidCapture_isToldAndNeverComplete() throws Exception {
        try (CaptureSession session =
                session("udp port 9").target(stage().tools()).start()) {
            stage().datagrams(0, 200);
            Awaitility.await("packets")
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> session.progress().packets() >= 200);
            stage().endTools();
            CaptureResult result = session.ended().get(40, TimeUnit.SECONDS);
            PointResult point = result.points().get(0);
            assertThat(point)
                    .returns(Outcome.TRUNCATED, PointResult::outcome)
                    .returns(EndCause.POINT_GONE, PointResult::endedBy);
            assertThat(point.reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
            assertThat(point.explanation())
                    .contains(point.point().name() + " ended")
                    .contains("while it was captured");
            assertThat(result.leftovers()).isEmpty();
            CapturedNumbers.assertReadByOthers(
                    result.file().orElseThrow(), point.statistics().packets());
            assertThat(CapturedNumbers.ofOne(result)).containsExactlyElementsOf(CapturedNumbers.range(0, 200));
        } finally {
            renewTools();
        }
    }

    /** Makes the tools anew, which a test has ended. */
    abstract void renewTools() throws Exception;

    private CaptureSession.Builder session(String filter) {
        CaptureSession.Builder session = CaptureSession.builder()
                .via(stage().method())
                .writeTo(directory.resolve("capture-" + System.nanoTime() + ".pcapng"));
        return filter.isEmpty() ? session : session.filter(filter);
    }
}
