package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.testkit.NothingLeftBehind;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Each kind of what a test may leave in a cluster. */
class LeftInClusterTest {
    private static final ExtensionContext NONE = null;

    private SimulatedCluster cluster;
    private PlainClient client;
    private NothingLeftBehind nothing;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .deployment("shop", "web", 1, pod -> {})
                .start();
        client = new PlainClient(cluster.kubeconfig());
        nothing = NothingLeftBehind.check().cluster(() -> cluster).within(Duration.ofMillis(50));
        nothing.beforeTestExecution(NONE);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void pod_thatStays_failsTheTest() throws Exception {
        client.makePod("shop", "helper");
        Awaitility.await("it runs").until(() -> !cluster.commands().isEmpty());
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pods shop/helper")
                .hasMessageContaining("container app of pod shop/helper")
                .hasMessageContaining("command ")
                .hasMessageContaining("sleep 600");
        cluster.deletePod("shop", "helper");
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @Test
    void command_thatRuns_failsTheTest() throws Exception {
        client.exec("cart", "v5.channel.k8s.io", new ExecFrames(Integer.MAX_VALUE), "sleep", "600")
                .join();
        Awaitility.await("it runs").until(() -> !cluster.commands().isEmpty());
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE))
                .hasMessageMatching("left behind: command \\S*sleep 600");
    }

    @Test
    void pod_replacedByAnother_isNoneMore() throws Exception {
        cluster.deletePod("shop", "web-5d8f-0");
        Awaitility.await("another one comes")
                .until(() -> cluster.inventory().contains("container app of pod shop/web-5d8f-1"));
        assertThatCode(() -> nothing.afterTestExecution(NONE)).doesNotThrowAnyException();
    }

    @Test
    void replicaSet_ofARollOut_isOneMore() throws Exception {
        cluster.restart("shop", "web");
        assertThatThrownBy(() -> nothing.afterTestExecution(NONE))
                .hasMessageContaining("replicasets.apps shop/web-5d90");
    }
}
