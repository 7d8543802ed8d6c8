package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiFaultTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    private static SimulatedCluster cluster;
    private static PlainClient client;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "cart")
                .pod("shop", "old")
                .pod("bank", "pay")
                .start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void answered_ofSeveral_oneAfterTheOther() throws Exception {
        cluster.apiServer().fault(new ApiFault.Answered(2, 429, "too many requests"));
        cluster.apiServer().fault(new ApiFault.Answered(1, 503, "shutting down"));
        assertThat(client.get(PODS).statusCode()).isEqualTo(429);
        assertThat(client.get(PODS).body()).contains("too many requests").contains("TooManyRequests");
        assertThat(client.get(PODS).body()).contains("shutting down").contains("ServiceUnavailable");
        assertThat(client.get(PODS).statusCode()).isEqualTo(200);
    }

    @Test
    void answered_toAnExec_refusesIt() {
        cluster.apiServer().fault(new ApiFault.Answered(1, 500, "etcd is not there"));
        assertThatThrownBy(() -> client.exec("cart", "v5.channel.k8s.io", new ExecFrames(Integer.MAX_VALUE), "true")
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void silent_isNeverAnswered_andTheNextIs() throws Exception {
        cluster.apiServer().fault(new ApiFault.Silent(1));
        List<CompletableFuture<HttpResponse<String>>> both = List.of(client.ask(PODS), client.ask(PODS));

        // Whichever is the first to come.
        CompletableFuture.anyOf(both.get(0), both.get(1)).join();

        assertThat(client.get(PODS).statusCode()).isEqualTo(200);
        assertThat(both)
                .filteredOn(CompletableFuture::isDone)
                .singleElement()
                .satisfies(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void expiredWatches_endWithGone_andOldVersionsToo() throws Exception {
        String version = Json.text(
                Json.read(client.get(PODS).body().getBytes(StandardCharsets.UTF_8)), "metadata", "resourceVersion");
        Iterator<String> lines = client.lines(PODS + "?watch=true&resourceVersion=" + version);
        cluster.evictPod("shop", "old", "The node was low on resource: memory.");
        assertThat(lines.next()).contains("MODIFIED");
        cluster.apiServer().expireWatches();
        assertThat(lines.next()).contains("ERROR").contains("410").contains("Expired");
        assertThat(lines.hasNext()).isFalse();

        Iterator<String> late = client.lines(PODS + "?watch=true&resourceVersion=" + version);
        assertThat(late.next()).contains("ERROR").contains("410").contains("too old resource version: " + version);
        assertThat(late.hasNext()).isFalse();
    }

    @Test
    void expiredWatch_inFrames_isClosedBehindItsWords() throws Exception {
        TextFrames frames = new TextFrames();
        client.watch("/api/v1/namespaces/bank/pods", frames).join();
        assertThat(frames.next()).contains("ADDED").contains("pay");
        cluster.apiServer().expireWatches();
        assertThat(frames.next()).contains("ERROR").contains("410").contains("Expired");
        assertThat(frames.next()).isEqualTo("closed with 1000");
    }
}
