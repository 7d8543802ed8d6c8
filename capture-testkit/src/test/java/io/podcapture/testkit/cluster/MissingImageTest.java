package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod says whose image is not there. */
class MissingImageTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    @ParameterizedTest
    @CsvSource({
        "IfNotPresent, ErrImagePull, failed to pull and unpack image \"registry.corp/none:1\"",
        "Never, ErrImageNeverPull, Container image \"registry.corp/none:1\" is not present with pull policy of Never"
    })
    void container_waitsForAReasonOfItsPolicy(String policy, String reason, String words) throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .image("registry.corp/none:1", SimulatedImage.UNAVAILABLE)
                .start()) {
            PlainClient client = new PlainClient(cluster.kubeconfig());
            client.send("POST", PODS, "", """
                    {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "none"}, "spec": {"containers": [
                      {"name": "app", "image": "registry.corp/none:1", "imagePullPolicy": "%s"}]}}""".formatted(policy));
            Awaitility.await("it is told")
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(waiting(client).get("reason")).isEqualTo(reason));
            assertThat(waiting(client).get("message").toString()).startsWith(words);
        }
    }

    private static Map<String, Object> waiting(PlainClient client) throws Exception {
        Map<String, Object> pod = Json.read(client.get(PODS + "/none").body().getBytes(StandardCharsets.UTF_8));
        return Fields.items(pod, "status", "containerStatuses").stream()
                .map(status -> Fields.map(status, "state", "waiting"))
                .findFirst()
                .orElse(Map.of());
    }
}
