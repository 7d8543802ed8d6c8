package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CaptureStatistics;
import io.podcapture.DrainProof;
import io.podcapture.EndCause;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures without Kubernetes are whole, and say whose packets are whose. */
abstract class LocalScenarios extends StagedScenarios {
    private static final int LIMIT_OCTETS = 20_000;

    // Longer than any test; ended with the network, or by itself.
    private static final String FOR_EVER =
            "for ((i = 0; i < 200000; i++)); do echo -n x >/dev/udp/$1/9; done 2>/dev/null; true";

    @ParameterizedTest
    @MethodSource("repetitions")
    void session_twoServers_holdsEveryRequestUnderItsPoint(int repetition) throws Exception {
        Place web = stage().web();
        Place bare = stage().bare();
        try (CaptureSession session = session("", web, bare).start()) {
            stage().requests(web, 0, 150);
            stage().requests(bare, 150, 150);
            CaptureResult result = session.stop().requireComplete();

            Map<String, SortedSet<Integer>> seen = CapturedNumbers.of(result);
            assertThat(seen.get(CapturedNumbers.place(result.points().get(0))))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 150));
            assertThat(seen.get(CapturedNumbers.place(result.points().get(1))))
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
        try (CaptureSession session = session("", stage().tools()).start()) {
            stage().datagrams(0, 1000);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 1000));
        }
    }

    @Test
    void stop_whileTrafficGoesOn_isComplete() throws Exception {
        Process busy = stage().start(FOR_EVER, stage().closed());
        try (CaptureSession session = session("", stage().tools()).start()) {
            stage().datagrams(0, 100);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 100));
        } finally {
            busy.destroy();
        }
    }

    @Test
    void stop_withDirectionInTheFilter_isNotFooledByLoopback() throws Exception {
        try (CaptureSession session = session(
                        "inbound and udp port 9 and dst host " + stage().closed(), stage().allOfTools())
                .start()) {
            stage().datagrams(0, 500);
            assertThat(CapturedNumbers.ofOne(session.stop().requireComplete()))
                    .containsExactlyElementsOf(CapturedNumbers.range(0, 500));
        }
    }

    @Test
    void limits_octetsAndTime_endWholeCaptures() throws Exception {
        try (CaptureSession bySize = session("udp port 9", stage().tools())
                        .maxBytes(LIMIT_OCTETS)
                        .start();
                CaptureSession byTime = session("udp port 9", stage().tools())
                        .maxDuration(Duration.ofSeconds(2))
                        .start()) {
            stage().datagrams(0, 1000);
            CaptureResult full = bySize.ended().get(30, TimeUnit.SECONDS).requireComplete();
            assertThat(full.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
            CaptureResult over = byTime.ended().get(30, TimeUnit.SECONDS).requireComplete();
            assertThat(over.points().get(0).endedBy()).isEqualTo(EndCause.DURATION_LIMIT);
        }
    }
}
