package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod that a client made says of itself, and what its containers may do. */
class MadePodTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    private static SimulatedCluster cluster;
    private static PlainClient client;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .podSecurity("vault", PodSecurity.RESTRICTED)
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void pod_thatRuns_hasAnAddressAndIdsOfItsContainers() throws Exception {
        Map<String, Object> pod = made("plain", "", "");
        assertThat(Json.text(pod, "status", "podIP"))
                .startsWith("10.244.")
                .isNotEqualTo(Json.text(get(PODS + "/cart"), "status", "podIP"));
        assertThat(Fields.items(pod, "status", "containerStatuses").get(0).get("containerID"))
                .asString()
                .matches("containerd://[0-9a-f]{64}");
    }

    @Test
    void pod_onTheHostNetwork_hasTheAddressOfItsNode() throws Exception {
        Map<String, Object> node = get("/api/v1/nodes/node-1");
        assertThat(Json.text(made("host", "\"hostNetwork\":true,", ""), "status", "podIP"))
                .isEqualTo(Fields.items(node, "status", "addresses").get(0).get("address"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "root    | ``                                    | ``                                          | 0",
                "user    | ``                                    | \"runAsUser\":1000                          | 1",
                "of-pod  | \"securityContext\":{\"runAsUser\":7}, | ``                                          | 1",
                "own     | \"securityContext\":{\"runAsUser\":7}, | \"runAsUser\":0                             | 0",
                "none    | ``                                    | \"capabilities\":{\"drop\":[\"ALL\"]}       | 1",
                "one     | ``                                    | \"capabilities\":{\"drop\":[\"ALL\"],\"add\":[\"NET_RAW\"]} | 0",
                "all     | ``                                    | \"privileged\":true,\"runAsUser\":1000      | 0"
            })
    void tcpdump_capturesWhereRawSocketsMayBeOpened(String name, String spec, String context, int status)
            throws Exception {
        made(name, spec, context);
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec(name, "v5.channel.k8s.io", frames, "tcpdump", "-i", "lo", "-d", "--", "udp")
                .join();
        frames.closed().get(10, TimeUnit.SECONDS);
        assertThat(new String(frames.octets(3), StandardCharsets.UTF_8))
                .contains(status == 0 ? "Success" : "\"message\":\"1\"");
        assertThat(new String(frames.octets(2), StandardCharsets.UTF_8))
                .isEqualTo(
                        status == 0
                                ? ""
                                : "tcpdump: lo: You don't have permission to perform this capture on that device\n"
                                        + "(socket: Operation not permitted)\n");
    }

    @Test
    void restricted_takesWhatThePodSaysForItsContainers() throws Exception {
        String container = "\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]}";
        String spec = "\"securityContext\":{\"runAsNonRoot\":true%s},";
        assertThat(make("vault", "half", spec.formatted(""), container).body())
                .contains(
                        "violates PodSecurity \\\"restricted:latest\\\": seccompProfile (pod or container \\\"app\\\"");
        assertThat(make("vault", "key", spec.formatted(",\"seccompProfile\":{\"type\":\"RuntimeDefault\"}"), container)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void namespace_thatEnforcesALevel_saysSo() throws Exception {
        assertThat(Fields.map(get("/api/v1/namespaces/vault"), "metadata", "labels"))
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void nodeProcesses_areOneOfEachContainerOnThatNodeAndLeadToItsNetwork() throws Exception {
        made("agent", "\"hostPID\":true,", "\"privileged\":true");
        String id = Fields.items(get(PODS + "/cart"), "status", "containerStatuses")
                .get(0)
                .get("containerID")
                .toString()
                .substring("containerd://".length());
        String look = "for file in $(grep -ls -e " + id + " /proc/[0-9]*/cgroup); do dir=${file%/cgroup};"
                + " grep -c NSpid $dir/status; nsenter --net=$dir/ns/net -- sh -c 'command -v tcpdump'; done";
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec("agent", "v5.channel.k8s.io", frames, "sh", "-c", look).join();
        frames.closed().get(10, TimeUnit.SECONDS);
        List<String> lines =
                new String(frames.octets(1), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2).first().isEqualTo("1");
        assertThat(lines.get(1)).contains(cluster.pod("shop", "cart").uid());
    }

    private static Map<String, Object> made(String name, String spec, String context) throws Exception {
        assertThat(make("shop", name, spec, context).statusCode()).isEqualTo(201);
        Awaitility.await(name + " runs")
                .atMost(10, TimeUnit.SECONDS)
                .until(() ->
                        Json.text(get(PODS + "/" + name), "status", "phase").equals("Running"));
        return get(PODS + "/" + name);
    }

    private static HttpResponse<String> make(String namespace, String name, String spec, String context)
            throws Exception {
        String pod = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{"
                + spec + "\"containers\":[{\"name\":\"app\",\"image\":\"tools\",\"securityContext\":{" + context
                + "}}]}}";
        return client.send("POST", "/api/v1/namespaces/" + namespace + "/pods", "", pod);
    }

    private static Map<String, Object> get(String path) throws Exception {
        return Json.read(client.get(path).body().getBytes(StandardCharsets.UTF_8));
    }
}
