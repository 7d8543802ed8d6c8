package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Big downloads; run in a JVM of their own with a heap of 64 MiB. */
@Tag("small-heap")
abstract class LocalVolumeScenarios extends StagedScenarios {
    private static final String DOWNLOAD = "curl -sS -f -o /dev/null $2 http://$1:8080/big";
    private static final String AT_24_MB = "--limit-rate 24M";

    @BeforeAll
    void makePage() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(70L << 20);
        stage().makeBigPage();
    }

    @ParameterizedTest
    @MethodSource("fewRepetitions")
    void download_at24MegabytesPerSecond_losesNothing(int repetition) throws Exception {
        CaptureResult result = capture(stage().method(), OptionalLong.empty(), AT_24_MB);
        result.requireComplete();
        assertThat(result.points().get(0).statistics().droppedByKernel()).hasValue(0);
        assertThat(result.points().get(0).statistics().octets()).isGreaterThan(LocalStage.BIG);
    }

    @ParameterizedTest
    @MethodSource("fewRepetitions")
    void download_unlimited_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        assertCounted(capture(stage().method(), OptionalLong.empty(), ""));
    }

    @ParameterizedTest
    @MethodSource("fewRepetitions")
    void download_withSmallBufferAndSlowSink_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        MethodChoice slow = MethodChoice.inOrder(
                new SlowSink(stage().method().methods().get(0), length -> LockSupport.parkNanos(length * 50L)));
        assertCounted(capture(slow, OptionalLong.of(2L << 20), AT_24_MB));
    }

    private CaptureResult capture(MethodChoice choice, OptionalLong kernelBuffer, String curl) throws Exception {
        CaptureSession.Builder builder = session(choice, "tcp port 8080", stage().web());
        kernelBuffer.ifPresent(builder::kernelBuffer);
        try (CaptureSession session = builder.start()) {
            stage().run(DOWNLOAD, stage().address(stage().web()), curl);
            return session.stop();
        }
    }

    private static void assertCounted(CaptureResult result) {
        PointResult point = result.points().get(0);
        System.out.println("measured: " + point.outcome() + ", " + point.statistics() + " " + point.explanation());
        assertThat(point.outcome()).isIn(Outcome.COMPLETE, Outcome.LOSSY);
        assertThat(point.statistics().captured()).hasValue(point.statistics().packets());
        if (point.outcome() == Outcome.LOSSY) {
            assertThat(point.statistics().droppedByKernel().orElse(0)).isPositive();
        }
    }
}
