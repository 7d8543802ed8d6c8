package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControllersTest {
    private static final String APPS = "/apis/apps/v1/namespaces/shop/";
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String LABEL = "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"tier\":\"new\"}}}}}";

    private SimulatedCluster cluster;
    private PlainClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "cart", 2, pod -> {})
                .statefulSet("shop", "db", 2, pod -> {})
                .daemonSet("shop", "agent", pod -> {})
                .podSecurity("shop", PodSecurity.BASELINE)
                .image("registry.corp/none:1", SimulatedImage.UNAVAILABLE)
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void deployment_itsTemplateChangedAndChangedBack_comesBackToItsFirstReplicaSet() throws Exception {
        apply("deployments/cart", LABEL);
        awaitSettled("deployments/cart");
        assertThat(names(PODS + "?labelSelector=tier%3Dnew")).containsExactly("cart-5d90-0", "cart-5d90-1");
        apply("deployments/cart", "{}");
        awaitSettled("deployments/cart");
        assertThat(names(PODS + "?labelSelector=app%3Dcart")).containsExactly("cart-5d8f-2", "cart-5d8f-3");
        assertThat(names(APPS + "replicasets")).containsExactly("cart-5d8f", "cart-5d90");
        Map<String, Object> deployment = get(APPS + "deployments/cart");
        assertThat(Json.text(deployment, "metadata", "annotations", "deployment.kubernetes.io/revision"))
                .isEqualTo("3");
        assertThat(Json.text(deployment, "metadata", "generation")).isEqualTo("3");
        assertThat(Fields.items(deployment, "status", "conditions"))
                .extracting(condition -> condition.get("type") + " " + condition.get("reason"))
                .containsExactly("Available MinimumReplicasAvailable", "Progressing NewReplicaSetAvailable");
    }

    @Test
    void statefulSet_itsTemplateChanged_isRenewedFromTheLastOn() throws Exception {
        Iterator<String> events = watch("app%3Ddb");
        apply("statefulsets/db", LABEL);
        assertThat(comings(events, 4)).containsExactly("DELETED db-1", "ADDED db-1", "DELETED db-0", "ADDED db-0");
        awaitSettled("statefulsets/db");
        assertThat(names(APPS + "controllerrevisions?labelSelector=app%3Ddb")).containsExactly("db-5d8f", "db-5d90");
        assertThat(Json.text(get(APPS + "statefulsets/db"), "status", "currentRevision"))
                .isEqualTo("db-5d90");
    }

    @Test
    void daemonSet_itsTemplateChanged_isRenewedNodeByNode() throws Exception {
        Iterator<String> events = watch("app%3Dagent");
        apply("daemonsets/agent", LABEL);
        assertThat(comings(events, 4))
                .containsExactly("DELETED agent-a", "ADDED agent-a-1", "DELETED agent-b", "ADDED agent-b-1");
        awaitSettled("daemonsets/agent");
    }

    @Test
    void pod_deletedOrEvicted_isReplacedByItsController() throws Exception {
        String uid = cluster.pod("shop", "db-0").uid();
        cluster.deletePod("shop", "cart-5d8f-0");
        cluster.deletePod("shop", "db-0");
        cluster.evictPod("shop", "agent-b", "The node was low on resource: memory.");
        Awaitility.await()
                .untilAsserted(() -> assertThat(names(PODS + "?fieldSelector=status.phase%3DRunning"))
                        .containsExactlyInAnyOrder(
                                "cart-5d8f-1", "cart-5d8f-2", "db-0", "db-1", "agent-a", "agent-b-1"));
        assertThat(cluster.pod("shop", "db-0").uid()).isNotEqualTo(uid);
    }

    @Test
    void deployment_deleted_goesWithItsReplicaSetsAndPods() throws Exception {
        assertThat(client.send("DELETE", APPS + "deployments/cart", "", "{}").statusCode())
                .isEqualTo(200);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(names(PODS)).containsExactlyInAnyOrder("db-0", "db-1", "agent-a", "agent-b"));
        assertThat(names(APPS + "replicasets")).isEmpty();
    }

    @Test
    void image_thatCannotBePulled_stopsTheRollOutAndTheRestLives() throws Exception {
        String image = "{\"spec\":{\"template\":{\"spec\":{\"containers\":"
                + "[{\"name\":\"app\",\"image\":\"registry.corp/none:1\"}]}}}}";
        patch("deployments/cart", image);
        patch("statefulsets/db", image);
        Awaitility.await()
                .untilAsserted(() -> assertThat(names(PODS + "?fieldSelector=status.phase%3DPending"))
                        .containsExactlyInAnyOrder("cart-5d90-0", "db-1"));
        Map<String, Object> deployment = get(APPS + "deployments/cart");
        assertThat(Fields.number(deployment, 0, "status", "availableReplicas")).isEqualTo(2);
        assertThat(Fields.number(deployment, 0, "status", "unavailableReplicas"))
                .isEqualTo(1);
    }

    @Test
    void podSecurity_thatRefusesThePods_isToldByTheDeployment() throws Exception {
        patch("deployments/cart", "{\"spec\":{\"template\":{\"spec\":{\"hostNetwork\":true}}}}");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Fields.items(get(APPS + "deployments/cart"), "status", "conditions"))
                        .anySatisfy(condition -> assertThat(condition)
                                .containsEntry("type", "ReplicaFailure")
                                .containsEntry("reason", "FailedCreate")
                                .extracting("message")
                                .asString()
                                .contains("violates PodSecurity \"baseline:latest\"")));
    }

    @Test
    void deployment_paused_isNotRolledOut() throws Exception {
        patch("deployments/cart", "{\"spec\":{\"paused\":true}}");
        patch("deployments/cart", LABEL);
        Awaitility.await()
                .until(() -> Json.text(get(APPS + "deployments/cart"), "status", "observedGeneration")
                        .equals("3"));
        assertThat(names(APPS + "replicasets")).containsExactly("cart-5d8f");
        patch("deployments/cart", "{\"spec\":{\"paused\":null}}");
        awaitSettled("deployments/cart");
        assertThat(names(PODS + "?labelSelector=tier%3Dnew")).hasSize(2);
    }

    @Test
    void deployment_paused_isScaledWithTheTemplateThatItsPodsHave() throws Exception {
        patch("deployments/cart", "{\"spec\":{\"paused\":true}}");
        patch("deployments/cart", LABEL);
        patch("deployments/cart", "{\"spec\":{\"replicas\":3}}");
        Awaitility.await()
                .until(() -> Json.text(get(APPS + "deployments/cart"), "status", "availableReplicas")
                        .equals("3"));
        assertThat(names(APPS + "replicasets")).containsExactly("cart-5d8f");
        assertThat(names(PODS + "?labelSelector=app%3Dcart"))
                .containsExactly("cart-5d8f-0", "cart-5d8f-1", "cart-5d8f-2");
        assertThat(Fields.items(get(APPS + "deployments/cart"), "status", "conditions"))
                .anySatisfy(condition -> assertThat(condition)
                        .containsEntry("type", "Progressing")
                        .containsEntry("status", "Unknown")
                        .containsEntry("reason", "DeploymentPaused"));
        patch("deployments/cart", "{\"spec\":{\"replicas\":1}}");
        Awaitility.await().until(() -> names(PODS + "?labelSelector=app%3Dcart").equals(List.of("cart-5d8f-0")));
    }

    @Test
    void statefulSet_renewedByHand_neverTellsTheEndOfIt() throws Exception {
        patch("statefulsets/db", "{\"spec\":{\"updateStrategy\":{\"$patch\":\"replace\",\"type\":\"OnDelete\"}}}");
        patch("statefulsets/db", LABEL);
        cluster.deletePod("shop", "db-0");
        cluster.deletePod("shop", "db-1");
        Awaitility.await()
                .until(() -> Json.text(get(APPS + "statefulsets/db"), "status", "updatedReplicas")
                                .equals("2")
                        && Json.text(get(APPS + "statefulsets/db"), "status", "readyReplicas")
                                .equals("2"));
        assertThat(Json.text(get(APPS + "statefulsets/db"), "status", "currentRevision"))
                .isEqualTo("db-5d8f");
    }

    @Test
    void deployment_toBeRecreated_isAllGoneBeforeItIsThereAgain() throws Exception {
        patch(
                "deployments/cart",
                "{\"spec\":{\"strategy\":{\"$retainKeys\":[\"type\"],\"type\":\"Recreate\"},\"replicas\":1}}");
        awaitSettled("deployments/cart");
        Iterator<String> events = watch("app%3Dcart");
        patch("deployments/cart", LABEL);
        assertThat(comings(events, 2)).containsExactly("DELETED cart-5d8f-0", "ADDED cart-5d90-0");
    }

    @Test
    void apply_thatIsRefused_changesNothing() throws Exception {
        Map<String, Object> before = get(APPS + "deployments/cart");
        String path = APPS + "deployments/cart?fieldManager=ours";
        assertThat(send(path + "&dryRun=All", "{\"spec\":{\"paused\":true}}"))
                .satisfies(answer -> assertThat(answer.body()).contains("\"paused\":true"));
        assertThat(send(path, "{\"spec\":{\"replicas\":3}}").statusCode()).isEqualTo(409);
        assertThat(send(path, "{\"metadata\":{\"resourceVersion\":\"1\"}}").body())
                .contains("the object has been modified", "\"reason\":\"Conflict\"");
        assertThat(send(path, "{\"metadata\":{\"uid\":\"another\"}}").body()).contains("Precondition failed: UID");
        assertThat(send(path + "&force=true", "{\"spec\":{\"selector\":{}}}").body())
                .contains("field is immutable");
        assertThat(send(APPS + "deployments/cart", "{}").statusCode()).isEqualTo(422);
        assertThat(send(APPS + "deployments/crat?fieldManager=ours", "{}").statusCode())
                .isEqualTo(404);
        assertThat(send(APPS + "deployments/crat?fieldManager=ours", "{\"metadata\":{\"uid\":\"another\"}}")
                        .body())
                .contains("uid mismatch");
        assertThat(get(APPS + "deployments/cart")).isEqualTo(before);
    }

    @Test
    void delete_ofAnotherVersion_isAConflict() throws Exception {
        String version = "{\"preconditions\":{\"resourceVersion\":\"1\"}}";
        assertThat(client.send("DELETE", PODS + "/db-0", "application/json", version)
                        .statusCode())
                .isEqualTo(409);
        assertThat(names(PODS)).contains("db-0");
    }

    private void apply(String workload, String json) throws IOException, InterruptedException {
        assertThat(send(APPS + workload + "?fieldManager=ours", json).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> send(String path, String json) throws IOException, InterruptedException {
        return client.send("PATCH", path, "application/apply-patch+yaml", json);
    }

    private void patch(String workload, String json) throws IOException, InterruptedException {
        assertThat(client.send("PATCH", APPS + workload, "application/strategic-merge-patch+json", json)
                        .statusCode())
                .isEqualTo(200);
    }

    private void awaitSettled(String workload) {
        Awaitility.await().until(() -> Workloads.isSettled(get(APPS + workload)));
    }

    private Iterator<String> watch(String labels) throws IOException, InterruptedException {
        String version = Json.text(get(PODS), "metadata", "resourceVersion");
        return client.lines(PODS + "?watch=true&labelSelector=" + labels + "&resourceVersion=" + version);
    }

    private static List<String> comings(Iterator<String> events, int count) {
        List<String> comings = new ArrayList<>();
        while (comings.size() < count) {
            Map<String, Object> event = Json.read(events.next().getBytes(StandardCharsets.UTF_8));
            if (!Json.text(event, "type").equals("MODIFIED")) {
                comings.add(Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name"));
            }
        }
        return comings;
    }

    private List<String> names(String path) throws IOException, InterruptedException {
        return Fields.items(get(path), "items").stream()
                .map(item -> Json.text(item, "metadata", "name"))
                .toList();
    }

    private Map<String, Object> get(String path) throws IOException, InterruptedException {
        return Json.read(client.get(path).body().getBytes(StandardCharsets.UTF_8));
    }
}
