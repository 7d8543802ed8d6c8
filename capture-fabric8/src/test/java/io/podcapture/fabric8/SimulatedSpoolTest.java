package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.Targets;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures whose packets tcpdump writes in the pod, within the bounds of a volume. */
class SimulatedSpoolTest {
    private static final PodName CART = new PodName("shop", "cart");
    private static final long VOLUME = 8_000_000;
    /** Of so many and the header of a file, the last makes it larger than a megabyte. */
    private static final int A_FILE_FULL = 50;

    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @Test
    void capture_inSeveralFiles_isWholeAndInOrderAndTheFilesAreGone() throws Exception {
        NumberedDatagrams source = new NumberedDatagrams(cluster.pod("shop", "cart"), "eth0");
        SpoolMethod method = new SpoolMethod(client, VOLUME);
        try (CaptureSession session = capture(method).start()) {
            source.send(40_000);
            awaitSome(method, 2_500_000);
            assertThat(method.printed(CART, "cd " + session.id() + "-* && stat -c '%n %a' *"))
                    .isEqualTo("packets.pcap0 600\npackets.pcap1 600\npackets.pcap2 600\n");
            CaptureResult result = session.stop().requireComplete();
            assertThat(SimulatedClusters.frames(result)).containsExactlyElementsOf(source.sent());
            assertThat(result.points().get(0).statistics().captured()).hasValue(40_000);
            assertThat(result.leftovers()).isEmpty();
        }
        assertThat(method.printed(CART, "ls -A")).isEmpty();
    }

    @Test
    void volume_asFullAsItMayBe_endsTheCaptureWithAWarning() throws Exception {
        // Two files may be full, and there is room for one more.
        try (CaptureSession session =
                capture(new SpoolMethod(client, 3_000_000)).start()) {
            see(2 * A_FILE_FULL + 1);
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
            assertThat(result.warnings()).anyMatch(warning -> warning.contains("room for its packets in the pod"));
            assertThat(SimulatedClusters.frames(result)).hasSize(2 * A_FILE_FULL + 1);
        }
    }

    @Test
    void maxBytes_reached_endsTheCaptureByItsLimit() throws Exception {
        try (CaptureSession session =
                capture(new SpoolMethod(client, VOLUME)).maxBytes(900_000).start()) {
            see(A_FILE_FULL + 1);
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
            assertThat(result.warnings()).isEmpty();
            assertThat(SimulatedClusters.frames(result)).hasSize(A_FILE_FULL + 1);
        }
    }

    @Test
    void packets_fasterThanAnybodyLooks_replaceTheOldestAndTheCountTells() throws Exception {
        // As many files as may be full are three at most.
        try (CaptureSession session =
                capture(new SpoolMethod(client, 2_000_000)).start()) {
            see(7 * A_FILE_FULL);
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.points().get(0)).satisfies(point -> {
                assertThat(point.endedBy()).isEqualTo(EndCause.BYTE_LIMIT);
                assertThat(point.statistics().octets()).isBetween(2_000_000L, 3_100_000L);
                // Somebody may have looked just now.
                boolean all = point.statistics().captured().orElseThrow()
                        == point.statistics().packets();
                assertThat(point.outcome() == Outcome.TRUNCATED).isNotEqualTo(all);
            });
        }
    }

    @Test
    void connection_thatBreaks_losesNothingThatWasWritten() throws Exception {
        SpoolMethod method = new SpoolMethod(client, VOLUME);
        try (CaptureSession session = capture(method).start()) {
            NumberedDatagrams source = new NumberedDatagrams(cluster.pod("shop", "cart"), "eth0");
            source.send(100);
            awaitSome(method, 6000);
            cluster.pod("shop", "cart").resetConnections();
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            assertThat(result.points().get(0)).satisfies(point -> {
                assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
                assertThat(point.reason()).hasValue(FailureReason.STREAM_LOST);
            });
            assertThat(SimulatedClusters.frames(result)).containsExactlyElementsOf(source.sent());
        }
    }

    private static void awaitSome(SpoolMethod method, int octets) {
        Awaitility.await("packets are in the files")
                .atMost(10, TimeUnit.SECONDS)
                .until(() ->
                        Long.parseLong(method.printed(CART, "cat */* | wc -c").strip()) >= octets);
    }

    /** Lets the pod see large packets, all of them before the files are looked at once more. */
    private static void see(int count) {
        for (int i = 0; i < count; i++) {
            cluster.pod("shop", "cart").see("eth0", true, 1_767_225_600_000_000_000L, ByteBuffer.allocate(20_000));
        }
    }

    private CaptureSession.Builder capture(SpoolMethod method) {
        return CaptureSession.builder()
                .target(Targets.pod("shop", "cart"))
                .via(MethodChoice.inOrder(method))
                .interfaces("eth0")
                .writeTo(directory.resolve("cart.pcapng"));
    }
}
