package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.Targets;
import io.podcapture.testkit.NothingLeftBehind;
import io.podcapture.testkit.cluster.Fault;
import io.podcapture.testkit.cluster.SimulatedCluster;
import io.podcapture.testkit.cluster.SimulatedClusterBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SimulatedFaultTest {
    /** The file header, one record of a datagram in a frame of 50 octets and a part of the next. */
    private static final int IN_SECOND_RECORD = 24 + 16 + 50 + 30;

    private static final Map<String, Fault> BREAKS = Map.of(
            "reset", new Fault.Reset(IN_SECOND_RECORD),
            "closed", new Fault.Closed(IN_SECOND_RECORD, 1000),
            "error", new Fault.Closed(IN_SECOND_RECORD, 1011),
            "short", new Fault.Short(IN_SECOND_RECORD));
    private static final Map<String, String> WORDS = Map.of(
            "shop/reset", "the connection broke",
            "shop/closed", "the stream ended without proof that it is whole",
            "shop/error", "ended with code 1011",
            "shop/short", "the stream ended without proof that it is whole (exit status 0)");

    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path directory;

    @RegisterExtension
    final NothingLeftBehind nothing =
            NothingLeftBehind.check().cluster(() -> cluster).directory(() -> directory);

    @BeforeAll
    static void start() throws Exception {
        SimulatedClusterBuilder builder = SimulatedCluster.builder().blockTimeout(Duration.ofMillis(20));
        BREAKS.keySet().forEach(name -> builder.pod("shop", name));
        cluster = builder.pod("shop", "cart").pod("shop", "lost").start();
        client = SimulatedClusters.client(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        SimulatedClusters.close(client, cluster);
    }

    @AfterEach
    void heal() {
        cluster.pod("shop", "cart").heal();
    }

    // Of all in one session: it waits three seconds for news of a pod whose capture broke.
    @Test
    void captures_brokenOffInARecord_areTruncatedBehindTheLastWholeOne() throws Exception {
        BREAKS.forEach((name, fault) -> cluster.pod("shop", name).fault(fault));
        CaptureSession.Builder builder = CaptureSession.builder()
                .via(KubernetesMethods.exec(client))
                .interfaces("eth0")
                .writeTo(directory.resolve("breaks.pcapng"));
        BREAKS.keySet().forEach(name -> builder.target(Targets.pod("shop", name)));
        builder.target(Targets.pod("shop", "lost"));
        try (CaptureSession session = builder.start()) {
            cluster.pod("shop", "lost").resetConnections();
            BREAKS.keySet().forEach(name -> new NumberedDatagrams(cluster.pod("shop", name), "eth0").send(5));
            CaptureResult result = session.ended().get(20, TimeUnit.SECONDS);
            Map<String, String> told = new LinkedHashMap<>();
            for (PointResult point : result.points()) {
                if (point.point().name().equals("shop/lost")) {
                    assertThat(point.outcome()).isEqualTo(Outcome.FAILED);
                    continue;
                }
                assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
                assertThat(point.explanation()).endsWith("; the file has 1 whole packets");
                told.put(point.point().name(), point.explanation());
            }
            assertThat(told.keySet()).isEqualTo(WORDS.keySet());
            assertThat(told).allSatisfy((pod, words) -> assertThat(words).contains(WORDS.get(pod)));
            assertThat(SimulatedClusters.frames(result)).hasSize(BREAKS.size());
        }
    }

    @Test
    void capture_whoseStatusIsMissing_isCompleteByItsTrailer() throws Exception {
        cluster.pod("shop", "cart").fault(new Fault.StatusMissing());
        try (CaptureSession session = capture().start()) {
            new NumberedDatagrams(cluster.pod("shop", "cart"), "eth0").send(5);
            assertThat(SimulatedClusters.frames(session.stop().requireComplete()))
                    .hasSize(5);
        }
    }

    @Test
    void start_refusedByTheServer_saysWhatItSaid() {
        cluster.pod("shop", "cart").fault(new Fault.Refused(403, "container is under quarantine"));
        assertThat(catchThrowableOfType(CaptureException.class, capture()::start))
                .returns(FailureReason.POLICY_DENIED, CaptureException::reason)
                .hasMessageContaining("container is under quarantine");
    }

    @Test
    void start_withoutHeader_fails() {
        cluster.pod("shop", "cart").fault(new Fault.Short(0));
        assertThat(catchThrowableOfType(CaptureException.class, capture()::start))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason);
    }

    private CaptureSession.Builder capture() {
        return CaptureSession.builder()
                .target(Targets.pod("shop", "cart"))
                .via(KubernetesMethods.exec(client))
                .interfaces("eth0")
                .writeTo(directory.resolve("cart.pcapng"));
    }
}
