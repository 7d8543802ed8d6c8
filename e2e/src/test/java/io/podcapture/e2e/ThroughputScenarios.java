package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CaptureStatistics;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Big downloads through a pod; runs in a JVM of its own with a heap of 64 MiB. */
@Tag("small-heap")
abstract class ThroughputScenarios {
    /** What {@code 24M} is to curl. */
    static final long OCTETS_PER_SECOND = 24L << 20;

    /** The full number. */
    static final long OCTETS = 200_000_000;

    @TempDir
    private Path directory;

    /** How they capture where it is played. */
    abstract KubernetesMethods methods();

    /** Of pod web-sidecar, which is downloaded from. */
    abstract String namespace();

    /** Returns how many octets a download has. */
    abstract long octets();

    /**
     * Downloads from port 8081 of pod web-sidecar; returns when all of it was sent.
     *
     * @param octetsPerSecond how fast; as fast as it goes where it is empty
     * @return how many packets of it the pod saw, where that is known
     */
    abstract OptionalLong download(OptionalLong octetsPerSecond) throws Exception;

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void download_at24MegabytesPerSecond_losesNothing(int repetition) throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(70L << 20);
        CaptureResult result = capture(methods().exec(), OptionalLong.empty(), OptionalLong.of(OCTETS_PER_SECOND));
        result.requireComplete();
        assertThat(result.points().get(0).statistics().droppedByKernel()).hasValue(0);
        assertThat(result.points().get(0).statistics().octets()).isGreaterThan(octets());
    }

    // Of less than the kernel buffer holds it would show nothing.
    @LongWait
    @ParameterizedTest
    @MethodSource("repetitions")
    void download_unlimited_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        assertCounted(capture(methods().exec(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void download_withSmallBufferAndSlowSink_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        MethodChoice slow = MethodChoice.inOrder(
                new SinkWrapping(methods().exec().methods().get(0), length -> LockSupport.parkNanos(length * 50L)));
        assertCounted(capture(slow, OptionalLong.of(2L << 20), OptionalLong.of(OCTETS_PER_SECOND)));
    }

    private CaptureResult capture(MethodChoice choice, OptionalLong kernelBuffer, OptionalLong octetsPerSecond)
            throws Exception {
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(Targets.pod(namespace(), "web-sidecar"))
                .via(choice)
                .filter("tcp port 8081")
                .writeTo(directory.resolve("big.pcapng"));
        kernelBuffer.ifPresent(builder::kernelBuffer);
        try (CaptureSession session = builder.start()) {
            OptionalLong seen = download(octetsPerSecond);
            CaptureResult result = session.stop();
            seen.ifPresent(
                    packets -> assertAllAccountedFor(result.points().get(0).statistics(), packets));
            return result;
        }
    }

    private static void assertAllAccountedFor(CaptureStatistics counted, long seen) {
        long dropped = counted.droppedByKernel().orElse(0);
        assertThat(counted.packets() + dropped)
                .as("%s and what the pod saw", counted)
                .isEqualTo(seen);
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
