package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod that has a limit of local storage is not evicted for what a capture needs of it. */
@OnCluster
@Tag("waiting")
class EvictionIT {
    private static final long LIMIT = 32L << 20;
    private static final int DATAGRAMS = 2000;
    private static final long FLOOD = DATAGRAMS * 20_000L;

    private static TestCluster cluster;
    private static Evictions evictions;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withNamespace(Map.of());
        cluster.makeReady("limited.yaml");
        evictions = new Evictions(cluster.client(), cluster.namespace());
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    // All at once, since the kubelets look seldom.
    @Test
    void captures_ofMoreThanTheLimit_evictNobodyWhileAWriterOfAsMuchIsEvicted() throws Exception {
        KubernetesMethods methods = Way.methods(cluster.client()).build();
        try (CaptureSession spooled = start("spooled", methods.sidecar());
                CaptureSession streamed = start("streamed", methods.upload());
                CaptureSession executed = start("executed", methods.exec())) {
            List<CaptureSession> all = List.of(spooled, streamed, executed);
            for (CaptureSession session : all) {
                cluster.shell(pod(session).getMetadata().getName(), "tools").run(Traffic.BIG_DATAGRAMS, DATAGRAMS);
            }
            // A volume is measured once in one or two minutes.
            Awaitility.await("the kubelet knows of the packets")
                    .atMost(180, TimeUnit.SECONDS)
                    .pollInterval(2, TimeUnit.SECONDS)
                    .until(() -> evictions.used(pod(spooled)) > LIMIT);
            List<String> writers = all.stream()
                    .map(session -> pod(session).getSpec().getNodeName())
                    .distinct()
                    .map(evictions::overrun)
                    .toList();
            Awaitility.await("the writers are evicted")
                    .atMost(90, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .until(() -> writers.stream().map(cluster::pod).allMatch(EvictionIT::isEvicted));
            assertThat(all).allSatisfy(EvictionIT::assertWhole);
            assertThat(evictions.evicted()).containsExactlyInAnyOrderElementsOf(writers);
        }
    }

    private static void assertWhole(CaptureSession session) {
        Pod pod = pod(session);
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getMetadata().getDeletionTimestamp()).isNull();
        CaptureResult result = session.stop().requireComplete();
        assertThat(result.points()).singleElement().satisfies(point -> {
            assertThat(point.point().id()).isEqualTo(pod.getMetadata().getUid());
            assertThat(point.statistics().octets()).isGreaterThan(FLOOD).isGreaterThan(LIMIT);
        });
    }

    private static boolean isEvicted(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase())
                && "Evicted".equals(pod.getStatus().getReason());
    }

    private static Pod pod(CaptureSession session) {
        return cluster.pod(Way.points(session).get(0).attributes().get("pod"));
    }

    private CaptureSession start(String deployment, MethodChoice method) {
        return CaptureSession.builder()
                .target(Targets.deployment(cluster.namespace(), deployment))
                .via(method)
                .writeTo(directory.resolve(deployment + ".pcapng"))
                .start();
    }
}
