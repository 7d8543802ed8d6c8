package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EphemeralContainersPatchTest {
    private static final String POD = "/api/v1/namespaces/shop/pods/cart";
    private static final String DEBUG = "{\"name\":\"debug\",\"image\":\"tools\",\"command\":[\"sleep\",\"600\"]}";

    private SimulatedCluster cluster;
    private PlainClient client;

    @BeforeEach
    void start() throws Exception {
        cluster = SimulatedCluster.builder().pod("shop", "cart").start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void patch_forAnotherPodOfItsName_isAConflict() throws Exception {
        assertThat(refused(409, patch("\"uid\":\"another\"", DEBUG)))
                .containsEntry("reason", "Conflict")
                .hasEntrySatisfying(
                        "message", words -> assertThat(words.toString()).contains("UID in precondition: another"));
        assertThat(patch("\"uid\":\"" + cluster.pod("shop", "cart").uid() + "\"", DEBUG)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void patch_ofAPodThatHasChangedSince_isAConflict() throws Exception {
        String before = Json.text(pod(), "metadata", "resourceVersion");
        assertThat(patch("\"resourceVersion\":\"" + before + "\"", DEBUG).statusCode())
                .isEqualTo(200);
        String another = DEBUG.replace("debug", "another");
        assertThat(refused(409, patch("\"resourceVersion\":\"" + before + "\"", another)))
                .containsEntry("reason", "Conflict")
                .hasEntrySatisfying(
                        "message", words -> assertThat(words.toString()).contains("the object has been modified"));
        assertThat(names()).isEqualTo("debug");
    }

    @Test
    void patch_ofANameThatAContainerHas_isInvalid() throws Exception {
        assertThat(refused(422, patch("", DEBUG.replace("debug", "app"))))
                .containsEntry("reason", "Invalid")
                .containsEntry(
                        "message",
                        "Pod \"cart\" is invalid: spec.ephemeralContainers[0].name: Duplicate value: \"app\"");
        assertThat(names()).isEmpty();
    }

    @Test
    void patch_ofOneThatIsThere_mayNotChangeIt() throws Exception {
        assertThat(patch("", DEBUG).statusCode()).isEqualTo(200);
        assertThat(patch("", DEBUG).statusCode()).as("nothing is changed").isEqualTo(200);
        assertThat(refused(422, patch("", DEBUG.replace("600", "6"))))
                .containsEntry("reason", "Invalid")
                .hasEntrySatisfying(
                        "message",
                        words -> assertThat(words.toString())
                                .contains("existing ephemeral containers \"debug\" may not be changed"));
        assertThat(names()).isEqualTo("debug");
    }

    private HttpResponse<String> patch(String metadata, String container) throws IOException, InterruptedException {
        return client.send(
                "PATCH",
                POD + "/ephemeralcontainers",
                "application/strategic-merge-patch+json",
                "{\"metadata\":{" + metadata + "},\"spec\":{\"ephemeralContainers\":[" + container + "]}}");
    }

    private static Map<String, Object> refused(int code, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(code);
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> pod() throws IOException, InterruptedException {
        return Json.read(client.get(POD).body().getBytes(StandardCharsets.UTF_8));
    }

    private String names() throws IOException, InterruptedException {
        return String.join(
                ",",
                Fields.items(pod(), "spec", "ephemeralContainers").stream()
                        .map(container -> Json.text(container, "name"))
                        .toList());
    }
}
