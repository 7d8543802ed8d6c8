package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkloadTest {
    private static final String EVENTS = "/api/v1/namespaces/demo/events";
    // Others have changed it before and after us.
    private static final String DEPLOYMENT = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "uid": "uid-1", "managedFields": [
             {"manager": "kubectl", "time": "2026-01-01T00:00:00Z"},
             {"manager": "podcapture", "time": "2026-01-01T12:00:00Z"},
             {"manager": "kube-controller-manager", "subresource": "status", "time": "2026-01-01T12:00:30Z"}]}}""";

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = Http.JDK.client("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        answer("/apis/apps/v1/namespaces/demo/deployments/web", DEPLOYMENT);
    }

    @AfterEach
    void close() {
        over.countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void lastWarning_beforeTheChangeOnly_isNone() throws Exception {
        events(event("FailedCreate", "pods are forbidden", "2026-01-01T11:59:59Z"));
        assertThat(workload().lastWarning("podcapture")).isEmpty();
    }

    @Test
    void lastWarning_sinceTheChange_isTheLast() throws Exception {
        events(
                event("Old", "long ago", "2026-01-01T11:59:59Z"),
                event("FailedCreate", "no room", "2026-01-01T12:00:20Z"),
                event("FailedCreate", "forbidden", "2026-01-01T12:00:00Z"));
        assertThat(workload().lastWarning("podcapture")).hasValue("FailedCreate: no room");
    }

    // The clock of the controller is slow.
    @Test
    void lastWarning_toldAgainSinceTheChange_counts() throws Exception {
        events("""
                {"reason": "FailedCreate", "message": "no room", "type": "Warning", "count": 7,
                 "lastTimestamp": "2026-01-01T11:00:00Z", "metadata": {"managedFields": [
                 {"manager": "a", "time": "2026-01-01T12:00:01Z"}]}}""");
        assertThat(workload().lastWarning("podcapture")).hasValue("FailedCreate: no room");
    }

    @Test
    void lastWarning_ofAWorkloadThatWasNotChanged_isNone() throws Exception {
        events(event("FailedCreate", "no room", "2026-01-01T12:00:20Z"));
        assertThat(workload().lastWarning("podcapture-x")).isEmpty();
    }

    @Test
    void lastWarning_eventsMayNotBeRead_isNone() throws Exception {
        server.createContext(EVENTS, exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        assertThat(workload().lastWarning("podcapture")).isEmpty();
    }

    @Test
    void lastWarning_interruptedWhileItAsks_isInterrupted() {
        Thread caller = Thread.currentThread();
        server.createContext(EVENTS, exchange -> {
            caller.interrupt();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        assertThatThrownBy(() -> workload().lastWarning("podcapture")).isInstanceOf(InterruptedException.class);
    }

    private Workload workload() {
        return new Workload(new Cluster(client, ""), WorkloadKind.DEPLOYMENT, "demo", "web");
    }

    private void events(String... events) {
        answer(EVENTS, "{\"apiVersion\": \"v1\", \"kind\": \"EventList\", \"items\": " + List.of(events) + "}");
    }

    private static String event(String reason, String message, String time) {
        return "{\"reason\": \"" + reason + "\", \"message\": \"" + message + "\", \"type\": \"Warning\","
                + " \"lastTimestamp\": \"" + time + "\", \"metadata\": {\"managedFields\": ["
                + "{\"manager\": \"kube-controller-manager\", \"time\": \"" + time + "\"}]}}";
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
