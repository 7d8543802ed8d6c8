package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedApiTest {
    private SimulatedCluster cluster;
    private PlainClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .node("a")
                .node("b")
                .deployment("shop", "cart", 2, pod -> {})
                .pod("shop", "web", pod -> pod.node("b").label("app", "web").label("tier", "front"))
                .pod("bank", "pay")
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/pods                                                              | 4",
                "/api/v1/namespaces/shop/pods                                              | 3",
                "/api/v1/namespaces/shop/pods?labelSelector=app%3Dcart                     | 2",
                "/api/v1/namespaces/shop/pods?labelSelector=app!%3Dcart                    | 1",
                "/api/v1/namespaces/shop/pods?labelSelector=app%20in%20(web,cart),tier     | 1",
                "/api/v1/namespaces/shop/pods?labelSelector=app%20notin%20(web),!tier      | 2",
                "/api/v1/pods?fieldSelector=spec.nodeName%3Db                              | 2",
                "/api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb            | 1",
                "/api/v1/namespaces                                                        | 3",
                "/api/v1/nodes                                                             | 2",
                "/apis/apps/v1/namespaces/shop/replicasets                                 | 1"
            })
    void list_bySelector_hasWhatItSelects(String path, int count) throws Exception {
        assertThat(Json.list(get(path), "items")).hasSize(count);
    }

    @Test
    void get_ofPodOfDeployment_leadsToItByItsOwners() throws Exception {
        Map<String, Object> pod = get("/api/v1/namespaces/shop/pods/cart-5d8f-1");
        Map<String, Object> owner =
                Json.list(Json.within(pod, "metadata"), "ownerReferences").get(0);
        Map<String, Object> set = get("/apis/apps/v1/namespaces/shop/replicasets/" + owner.get("name"));
        Map<String, Object> deployment = get("/apis/apps/v1/namespaces/shop/deployments/cart");
        assertThat(Json.text(set, "metadata", "uid")).isEqualTo(owner.get("uid"));
        assertThat(Json.list(Json.within(set, "metadata"), "ownerReferences").get(0))
                .containsEntry("uid", Json.text(deployment, "metadata", "uid"))
                .containsEntry("kind", "Deployment");
        assertThat(Json.text(pod, "spec", "nodeName")).isEqualTo("b");
    }

    @Test
    void get_ofWhatIsNotThere_isNotFoundByName() throws Exception {
        assertThat(client.get("/api/v1/namespaces/shop/pods/crat"))
                .returns(404, answer -> answer.statusCode())
                .satisfies(answer -> assertThat(answer.body()).contains("pods \\\"crat\\\" not found"));
        assertThat(client.get("/apis/example.com/v1/things").statusCode()).isEqualTo(404);
    }

    @Test
    void request_withoutToken_isUnauthorized() throws Exception {
        assertThat(client.getUnknown("/api/v1/pods").statusCode()).isEqualTo(401);
    }

    @Test
    void account_withoutTheRight_isForbiddenInTheWordsOfAccessRules() throws Exception {
        PlainClient other =
                new PlainClient(cluster.kubeconfig("ci", List.of(new Permission("kubernetes", "shop", "get", "pods"))));
        assertThat(other.get("/api/v1/namespaces/shop/pods/web").statusCode()).isEqualTo(200);
        assertThat(other.get("/api/v1/namespaces/bank/pods/pay").body())
                .contains("pods \\\"pay\\\" is forbidden: User \\\"ci\\\" cannot get resource \\\"pods\\\" in API group"
                        + " \\\"\\\" in the namespace \\\"bank\\\"");
        assertThat(other.get("/api/v1/namespaces/shop/pods").statusCode()).isEqualTo(403);
    }

    @Test
    void watch_fromAVersionOn_tellsWhatHappenedSinceAndHappens() throws Exception {
        String version = Json.text(get("/api/v1/namespaces/shop/pods"), "metadata", "resourceVersion");
        cluster.restart("shop", "cart");
        Iterator<String> events = client.lines(
                "/api/v1/namespaces/shop/pods?watch=true&labelSelector=app%3Dcart&resourceVersion=" + version);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            told.add(event(events));
        }
        assertThat(told)
                .containsExactly(
                        "ADDED cart-5d90-0",
                        "MODIFIED cart-5d90-0",
                        "MODIFIED cart-5d90-0",
                        "DELETED cart-5d8f-1",
                        "ADDED cart-5d90-1",
                        "MODIFIED cart-5d90-1",
                        "MODIFIED cart-5d90-1",
                        "DELETED cart-5d8f-0");
        cluster.evictPod("shop", "cart-5d90-1", "The node was low on resource: memory.");
        assertThat(event(events)).isEqualTo("MODIFIED cart-5d90-1");
    }

    @Test
    void watch_fromNoVersion_beginsWithWhatIsThere() throws Exception {
        Iterator<String> events = client.lines("/api/v1/namespaces/bank/pods?watch=true");
        assertThat(event(events)).isEqualTo("ADDED pay");
        cluster.deletePod("bank", "pay");
        assertThat(event(events)).isEqualTo("DELETED pay");
    }

    private static String event(Iterator<String> events) {
        Map<String, Object> event = Json.read(events.next().getBytes(StandardCharsets.UTF_8));
        return Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name");
    }

    private Map<String, Object> get(String path) throws IOException, InterruptedException {
        return Json.read(client.get(path).body().getBytes(StandardCharsets.UTF_8));
    }
}
