package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podcapture.spi.CleanupScope;
import io.podcapture.spi.Timers;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way back of a sidecar that an interrupt hits: a session runs it once more, and then nothing of it is left. */
@Timeout(60)
class SimulatedSidecarEndTest {
    private final LooseContext context = new LooseContext(new NoRenewal());
    private final List<CleanupScope.Cleanup> cleanups = new ArrayList<>();
    private SimulatedCluster simulated;
    private KubernetesClient client;
    private Deployment before;

    @BeforeEach
    void inject() throws Exception {
        simulated = SimulatedCluster.builder()
                .deployment("shop", "cart", 1, pod -> {})
                .blockTimeout(Duration.ofMillis(20))
                .start();
        client = SimulatedClusters.client(simulated.kubeconfig());
        before = cart().get();
        Cluster cluster = new Cluster(client, "");
        SidecarInjection.into(
                new Workload(cluster, WorkloadKind.DEPLOYMENT, "shop", "cart"),
                cluster,
                new SidecarContainer(new HelperSettingsBuilder().build(), new SidecarSettings(1 << 30, false)),
                context,
                new CleanupScope() {
                    @Override
                    public void onCleanup(String what, Cleanup action) {
                        cleanups.add(action);
                    }

                    @Override
                    public void remains(String what, String why) {}
                });
        assertThat(hasSidecar()).isTrue();
    }

    @AfterEach
    void stop() {
        SimulatedClusters.close(client, simulated);
    }

    @Test
    void end_interruptedBeforeItIsTakenOut_takesItOutTheNextTime() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::end).isInstanceOf(InterruptedException.class);
        end();
        assertAsBefore();
    }

    @Test
    void end_interruptedWhileItRollsBack_waitsForItTheNextTime() throws Exception {
        // With this its roll-outs have no end.
        patch("{\"name\":\"app\",\"command\":[\"false\"]}");
        FutureTask<Boolean> first = new FutureTask<>(() -> {
            assertThatThrownBy(this::end).isInstanceOf(InterruptedException.class);
            return true;
        });
        Thread thread = new Thread(first, "ending");
        thread.start();
        Awaitility.await("it waits for the roll-out")
                .until(() -> Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("awaitAlone")));
        assertThat(hasSidecar()).isFalse();
        thread.interrupt();
        assertThat(first.get()).isTrue();
        patch("{\"name\":\"app\",\"command\":null}");
        end();
        assertAsBefore();
    }

    private void end() throws Exception {
        for (CleanupScope.Cleanup cleanup : cleanups) {
            cleanup.run();
        }
    }

    private void assertAsBefore() {
        Deployment after = cart().get();
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getLabels())
                .isEqualTo(before.getMetadata().getLabels());
        assertThat(client.apps().replicaSets().inNamespace("shop").list().getItems())
                .as("a revision to which an undo would come back")
                .noneMatch(set -> set.getSpec().getTemplate().getSpec().getContainers().stream()
                        .anyMatch(container -> container.getName().equals(SidecarContainer.NAME)));
        assertThat(context.warnings).isEmpty();
    }

    private boolean hasSidecar() {
        return cart().get().getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> container.getName().equals(SidecarContainer.NAME));
    }

    private void patch(String container) {
        cart().patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[" + container + "]}}}}");
    }

    /** Its time never comes. */
    private static final class NoRenewal implements Timers {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Handle after(Duration delay, Runnable task) {
            return () -> {};
        }
    }

    private RollableScalableResource<Deployment> cart() {
        return client.apps().deployments().inNamespace("shop").withName("cart");
    }
}
