package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Big downloads through a pod; runs in a JVM of its own with a heap of 64 MiB. */
@OnCluster
@Tag("small-heap")
class ThroughputIT {
    private static final String MAKE_FILE = "mkdir -p /tmp/www && head -c 200000000 /dev/urandom > /tmp/www/big"
            + " && { busybox httpd -p 8081 -h /tmp/www; }";
    private static final String DOWNLOAD = "curl -s -o /dev/null $2 http://$1:8081/big";

    private static TestCluster cluster;
    private static KubernetesMethods methods;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() throws Exception {
        cluster = TestCluster.withPods();
        methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/tools:1")
                .build();
        cluster.shell("web-sidecar", "tcpdump").run(MAKE_FILE);
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    static IntStream repetitions() {
        return Repetitions.all();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void download_at24MegabytesPerSecond_losesNothing(int repetition) throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(70L << 20);
        CaptureResult result = capture(methods.exec(), OptionalLong.empty(), "--limit-rate 24M");
        result.requireComplete();
        assertThat(result.points().get(0).statistics().droppedByKernel()).hasValue(0);
        assertThat(result.points().get(0).statistics().octets()).isGreaterThan(200_000_000L);
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void download_unlimited_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        assertCounted(capture(methods.exec(), OptionalLong.empty(), ""));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void download_withSmallBufferAndSlowSink_isCompleteOrLossyWithTheToolsNumber(int repetition) throws Exception {
        MethodChoice slow = MethodChoice.inOrder(
                new SinkWrapping(methods.exec().methods().get(0), length -> LockSupport.parkNanos(length * 50L)));
        assertCounted(capture(slow, OptionalLong.of(2L << 20), "--limit-rate 24M"));
    }

    private CaptureResult capture(MethodChoice choice, OptionalLong kernelBuffer, String curl) throws Exception {
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(Targets.pod(cluster.namespace(), "web-sidecar"))
                .via(choice)
                .filter("tcp port 8081")
                .writeTo(directory.resolve("big.pcapng"));
        kernelBuffer.ifPresent(builder::kernelBuffer);
        try (CaptureSession session = builder.start()) {
            cluster.shell("tools", "tools").run(DOWNLOAD, cluster.ip("web-sidecar"), curl);
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
