package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CapturePoint;
import io.podcapture.Targets;
import io.podcapture.spi.PointListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that is given up when its pods are listed already, at a server that does not answer what is asked then. */
@Timeout(60)
class InterruptedFollowTest {
    private static final String NONE =
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/namespaces/left/pods", InterruptedFollowTest::list);
        server.createContext("/api/v1/namespaces/left", exchange -> keepWaiting());
        server.setExecutor(threads);
        server.start();
        client = Http.VERTX_5.client("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void close() {
        over.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void follow_interruptedWhenItHasBegun_leavesNoThread() throws Exception {
        FutureTask<Throwable> following = new FutureTask<>(() -> catchThrowable(
                () -> new PodResolver(new Cluster(client, "")).follow(Targets.namespace("left"), new Nobody())));
        Thread thread = new Thread(following, "starting");
        thread.start();
        asked.await();
        thread.interrupt();
        assertThat(following.get()).isInstanceOf(InterruptedException.class);
        Awaitility.await("its thread ends")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(each -> each.getName().equals("podcapture-follow-left")));
    }

    private static void list(HttpExchange exchange) throws IOException {
        byte[] body = NONE.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void keepWaiting() {
        asked.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Nobody implements PointListener {
        @Override
        public void joined(CapturePoint point) {}

        @Override
        public void gone(CapturePoint point, String reason) {}
    }
}
