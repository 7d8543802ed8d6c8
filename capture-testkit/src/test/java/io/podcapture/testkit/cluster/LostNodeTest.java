package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostNodeTest {
    private final ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
    private SimulatedCluster cluster;
    private PlainClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .pod("shop", "cart", pod -> pod.node("a").container("app", SimulatedImage.TOOLS))
                .pod("shop", "db", pod -> pod.node("b").container("app", SimulatedImage.TOOLS))
                .deployment("shop", "web", 1, pod -> {})
                .daemonSet("shop", "log", pod -> {})
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void lostNode_takesItsCommandsAndConnectionsWithIt_andNoOthers() throws Exception {
        ExecFrames other = new ExecFrames(Integer.MAX_VALUE);
        exec("cart", frames);
        exec("db", other);
        Awaitility.await("both run").until(() -> commands().size() == 2);
        cluster.loseNode("a");
        assertThatThrownBy(() -> frames.closed().get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(commands()).hasSize(1);
        assertThat(other.closed()).isNotDone();
        assertThat(client.get("/api/v1/namespaces/shop/pods/cart/exec").body()).contains("no route to host");
        assertThat(client.get("/api/v1/nodes/a").body()).contains("NodeStatusUnknown");
        assertThat(client.get("/api/v1/namespaces/shop/pods/cart").body())
                .contains("NodeNotReady")
                .contains("\"phase\":\"Running\"");
        assertThat(client.get("/api/v1/namespaces/shop/pods/db").body()).doesNotContain("NodeNotReady");
    }

    @Test
    void lostNode_ofHelpersOnIt_nothingMoreIsHeard() throws Exception {
        client.makePod("shop", "helper");
        Awaitility.await("it runs").until(() -> cluster.inventory().contains("container app of pod shop/helper"));
        assertThat(cluster.inventory())
                .contains("pods shop/helper", "nodes a", "namespaces shop", "container app of pod shop/db");
        cluster.loseNode("a");
        assertThat(commands()).isEmpty();
        assertThat(client.get("/api/v1/namespaces/shop/pods/helper").body()).doesNotContain("terminated");
        assertThat(cluster.inventory())
                .contains("pods shop/helper")
                .doesNotContain("container app of pod shop/helper", "container app of pod shop/cart");
    }

    @Test
    void lostNode_ofWorkloads_theirPodsStayUntilDeleted_andComeBackElsewhere() throws Exception {
        cluster.loseNode("a");
        assertThat(client.get("/api/v1/namespaces/shop/pods/web-5d8f-0").body()).contains("NodeNotReady");
        assertThat(cluster.inventory()).doesNotContain("pods shop/web-5d8f-1", "pods shop/log-a-1");

        cluster.deletePod("shop", "web-5d8f-0");
        Awaitility.await("its replacement runs")
                .until(() -> cluster.inventory().contains("container app of pod shop/web-5d8f-1"));
        assertThat(client.get("/api/v1/namespaces/shop/pods/web-5d8f-1").body()).contains("\"nodeName\":\"b\"");
    }

    @Test
    void lostNode_ofADaemonSet_itsPodComesBackThereAndDoesNotRun() throws Exception {
        cluster.loseNode("a");
        cluster.deletePod("shop", "log-a");
        Awaitility.await("its replacement is there")
                .until(() -> cluster.inventory().contains("pods shop/log-a-1"));
        assertThat(client.get("/api/v1/namespaces/shop/pods/log-a-1").body())
                .contains("\"nodeName\":\"a\"")
                .contains("\"phase\":\"Pending\"");
        assertThat(cluster.inventory()).doesNotContain("container app of pod shop/log-a-1");
    }

    @Test
    void lostNode_getsNoPodsOfClients() throws Exception {
        cluster.loseNode("a");
        assertThat(client.makePod("shop", "helper").body()).contains("\"nodeName\":\"b\"");
    }

    private void exec(String pod, ExecFrames to) {
        client.exec(pod, "v5.channel.k8s.io", to, "cat", "-").join();
    }

    private List<String> commands() {
        return cluster.commands();
    }
}
