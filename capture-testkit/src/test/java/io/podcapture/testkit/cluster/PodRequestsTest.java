package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients make, evict and delete, and what watches of some of all see of it. */
class PodRequestsTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final int AT_ONCE = 8;
    private static final int TIMES = 20;

    private SimulatedCluster cluster;
    private PlainClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "cart", 2, pod -> {})
                .statefulSet("shop", "db", 1, pod -> {})
                .daemonSet("shop", "agent", pod -> pod.node("b"))
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void create_ofOneNameAtOnce_makesOneAndRefusesTheOthers() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        try {
            for (int i = 0; i < TIMES; i++) {
                String name = "helper-" + i;
                Callable<Integer> making = () -> {
                    together.await();
                    return client.makePod("shop", name).statusCode();
                };
                List<Future<Integer>> answers = new ArrayList<>();
                for (int j = 0; j < AT_ONCE; j++) {
                    answers.add(clients.submit(making));
                }
                int made = 0;
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isIn(201, 409);
                    made += answer.get() == 201 ? 1 : 0;
                }
                assertThat(made).isEqualTo(1);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void create_ofWhatSaysLittle_isFilledIn() throws Exception {
        Map<String, Object> pod = read(client.makePod("shop", "helper"));
        assertThat(Fields.map(pod, "spec"))
                .containsEntry("restartPolicy", "Always")
                .containsEntry("terminationGracePeriodSeconds", 30L)
                .containsEntry("dnsPolicy", "ClusterFirst");
        assertThat(Fields.items(pod, "spec", "containers"))
                .singleElement()
                .satisfies(app -> assertThat(app).containsEntry("imagePullPolicy", "Always"));
        assertThat(Json.text(get(PODS + "/db-0"), "spec", "restartPolicy")).isEqualTo("Always");
        assertThat(Json.text(
                        get("/apis/apps/v1/namespaces/shop/deployments/cart"),
                        "spec",
                        "template",
                        "spec",
                        "restartPolicy"))
                .isEqualTo("Always");
    }

    @Test
    void create_withoutAName_isGivenOneBehindItsPrefix() throws Exception {
        String pod = "{\"metadata\":{%s},\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"app\"}]}}";
        assertThat(client.send("POST", PODS, "", pod.formatted("")).statusCode())
                .isEqualTo(422);
        List<String> names = new ArrayList<>();
        for (String query : List.of("?dryRun=All", "", "")) {
            HttpResponse<String> made =
                    client.send("POST", PODS + query, "", pod.formatted("\"generateName\":\"helper-\""));
            names.add(Json.text(read(made), "metadata", "name"));
        }
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("helper-[b-z2-9]{5}"));
        assertThat(cluster.inventory())
                .contains("pods shop/" + names.get(1), "pods shop/" + names.get(2))
                .doesNotContain("pods shop/" + names.get(0));
    }

    @Test
    void eviction_byAClient_deletesThePodAndItIsReplaced() throws Exception {
        String uid = cluster.pod("shop", "db-0").uid();
        String eviction = "{\"kind\":\"Eviction\",\"apiVersion\":\"policy/v1\",\"metadata\":{\"name\":\"db-0\"}%s}";
        assertThat(evict(eviction.formatted(",\"deleteOptions\":{\"preconditions\":{\"uid\":\"another\"}}"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(cluster.pod("shop", "db-0").uid()).isEqualTo(uid);
        assertThat(evict(eviction.formatted("")).body()).contains("\"Success\"");
        Awaitility.await("it is replaced")
                .until(() -> cluster.inventory().contains("container app of pod shop/db-0")
                        && !cluster.pod("shop", "db-0").uid().equals(uid));
    }

    private HttpResponse<String> evict(String eviction) throws IOException, InterruptedException {
        return client.send("POST", PODS + "/db-0/eviction", "", eviction);
    }

    @Test
    void delete_thatOrphans_leavesWhatIsOwned() throws Exception {
        String path = "/apis/apps/v1/namespaces/shop/deployments/cart";
        client.send("DELETE", path, "", "{\"propagationPolicy\":\"Orphan\"}");
        assertThat(client.get(path).statusCode()).isEqualTo(404);
        Map<String, Object> set = get("/apis/apps/v1/namespaces/shop/replicasets/cart-5d8f");
        assertThat(Fields.map(set, "metadata")).doesNotContainKey("ownerReferences");
        client.send("DELETE", "/apis/apps/v1/namespaces/shop/statefulsets/db?propagationPolicy=Orphan", "", "{}");
        // One after the other: when what comes later is gone, this has been looked at.
        client.send("DELETE", "/apis/apps/v1/namespaces/shop/daemonsets/agent", "", "{}");
        Awaitility.await("what is not orphaned goes")
                .until(() -> !cluster.inventory().contains("pods shop/agent-b"));
        assertThat(cluster.inventory())
                .contains("replicasets.apps shop/cart-5d8f", "pods shop/cart-5d8f-0", "pods shop/db-0");
    }

    @Test
    void replicaSet_whoseNextNameIsTaken_takesTheOneBehindIt() throws Exception {
        client.makePod("shop", "cart-5d8f-2");
        client.makePod("shop", "cart-5d8f-3");
        cluster.deletePod("shop", "cart-5d8f-0");
        Awaitility.await("it is replaced")
                .until(() -> cluster.inventory().contains("container app of pod shop/cart-5d8f-4"));
    }

    @Test
    void statefulSet_whosePodsNameWasTaken_getsItWhenItIsFree() throws Exception {
        client.send(
                "PATCH",
                "/apis/apps/v1/namespaces/shop/statefulsets/db",
                "application/merge-patch+json",
                "{\"spec\":{\"replicas\":0}}");
        Awaitility.await("it is gone").until(() -> !cluster.inventory().contains("pods shop/db-0"));
        client.makePod("shop", "db-0");
        client.send(
                "PATCH",
                "/apis/apps/v1/namespaces/shop/statefulsets/db",
                "application/merge-patch+json",
                "{\"spec\":{\"replicas\":1}}");
        Awaitility.await("it has been looked at")
                .until(() -> Json.text(
                                get("/apis/apps/v1/namespaces/shop/statefulsets/db"), "status", "observedGeneration")
                        .equals("3"));
        cluster.deletePod("shop", "db-0");
        Awaitility.await("the name is the set's")
                .until(() -> Fields.number(
                                get("/apis/apps/v1/namespaces/shop/statefulsets/db"), 0, "status", "readyReplicas")
                        == 1);
    }

    @Test
    void daemonSet_forOneNode_isThereAlone() throws Exception {
        assertThat(Fields.items(get(PODS), "items"))
                .extracting(pod -> Json.text(pod, "metadata", "name"))
                .contains("agent-b")
                .doesNotContain("agent-a", "agent-b-1");
        assertThat(Json.text(get("/apis/apps/v1/namespaces/shop/daemonsets/agent"), "status", "desiredNumberScheduled"))
                .isEqualTo("1");
    }

    @Test
    void watch_ofSome_seesThemComeAndGoByTheirState() throws Exception {
        Iterator<String> running = client.lines(
                PODS + "?watch=true&fieldSelector=metadata.name%3Dhelper,status.phase%3DRunning&resourceVersion="
                        + Json.text(get(PODS), "metadata", "resourceVersion"));
        client.makePod("shop", "helper");
        assertThat(told(running)).isEqualTo("ADDED Running");
        cluster.evictPod("shop", "helper", "low on memory");
        assertThat(told(running)).isEqualTo("DELETED Running");
    }

    private static String told(Iterator<String> events) {
        Map<String, Object> event = Json.read(events.next().getBytes(StandardCharsets.UTF_8));
        return Json.text(event, "type") + " " + Json.text(event, "object", "status", "phase");
    }

    private Map<String, Object> get(String path) throws IOException, InterruptedException {
        return read(client.get(path));
    }

    private static Map<String, Object> read(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
