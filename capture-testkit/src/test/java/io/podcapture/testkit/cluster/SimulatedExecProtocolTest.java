package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedExecProtocolTest {
    private static final String V4 = "v4.channel.k8s.io";
    private static final String V5 = "v5.channel.k8s.io";
    private static final byte[] END_OF_STDIN = {(byte) 255, 0};

    private static SimulatedCluster cluster;
    private static PlainClient client;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder().pod("shop", "cart").start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("simulated-cluster-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V5})
    void exec_thatEnds_tellsBothOutputsAndItsStatus(String protocol) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec("cart", protocol, frames, "sh", "-c", "echo out; echo err >&2; exit 7")
                .join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(frames.octets(1)).asString().isEqualTo("out\n");
        assertThat(frames.octets(2)).asString().isEqualTo("err\n");
        Map<String, Object> status = Json.read(frames.octets(3));
        assertThat(status).containsEntry("reason", "NonZeroExitCode");
        assertThat(Json.list(Json.within(status, "details"), "causes"))
                .containsExactly(Map.of("reason", "ExitCode", "message", "7"));
    }

    @Test
    void exec_ofCommandThatIsMissing_isAnInternalErrorBehindTheUpgrade() throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec("cart", V5, frames, "nosuch").join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(frames.octets(3)).asString().contains("executable file not found in $PATH");
    }

    @Test
    void halfClose_inV5_endsStandardInputAndNothingElse() throws Exception {
        byte[] sent = new byte[200_000];
        new Random(1).nextBytes(sent);
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        WebSocket webSocket = client.exec("cart", V5, frames, "cat").join();
        webSocket
                .sendBinary(
                        ByteBuffer.allocate(sent.length + 1)
                                .put((byte) 0)
                                .put(sent)
                                .flip(),
                        true)
                .join();
        webSocket.sendBinary(ByteBuffer.wrap(END_OF_STDIN), true).join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(frames.octets(1)).isEqualTo(sent);
        assertThat(frames.octets(3)).asString().contains("Success");
    }

    @Test
    void close_byTheClient_isAnsweredWithoutAStatus() throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        WebSocket webSocket = client.exec("cart", V4, frames, "cat").join();
        webSocket.sendClose(1000, "").join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(frames.octets(3)).isEmpty();
    }

    @Test
    void output_thatNobodyTakes_holdsTheProcessUp() throws Exception {
        String count = "n=0; while [ $n -lt 2000 ]; do dd if=/dev/zero bs=65536 count=1 2>/dev/null; n=$((n+1));"
                + " echo $n >new; mv new progress; done";
        WebSocket webSocket =
                client.exec("cart", V5, new ExecFrames(3), "sh", "-c", count).join();
        AtomicReference<String> before = new AtomicReference<>("");
        Awaitility.await("the process comes to rest")
                .pollInterval(Duration.ofMillis(150))
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> {
                    String now = progress();
                    return now.equals(before.getAndSet(now)) && !now.isEmpty();
                });
        assertThat(Integer.parseInt(before.get().strip())).isLessThan(2000);
        webSocket.abort();
    }

    private static String progress() throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec("cart", V5, frames, "cat", "progress").join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(1), StandardCharsets.US_ASCII);
    }

    @Test
    void exec_byAnUnknownProtocol_isRefused() {
        Throwable thrown = catchThrowable(() -> client.exec("cart", "v9.channel.k8s.io", new ExecFrames(1), "cat")
                .join());
        assertThat(thrown).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
}
