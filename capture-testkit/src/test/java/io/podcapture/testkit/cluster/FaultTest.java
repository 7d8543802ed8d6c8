package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each fault at its octet, seen by a client that knows nothing of captures. */
class FaultTest {
    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private static SimulatedCluster cluster;
    private static PlainClient client;

    private final ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder().pod("shop", "cart").start();
        client = new PlainClient(cluster.kubeconfig());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void heal() {
        cluster.pod("shop", "cart").heal();
    }

    @Test
    void reset_afterOctets_breaksBehindThem() {
        run(new Fault.Reset(10));
        assertThatThrownBy(() -> frames.closed().get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(printed()).isEqualTo("0123456789");
    }

    @Test
    void closed_afterOctets_tellsItsCodeAndNoStatus() throws Exception {
        run(new Fault.Closed(10, 1011));
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1011);
        assertThat(printed()).isEqualTo("0123456789");
        assertThat(frames.octets(STATUS)).isEmpty();
    }

    @Test
    void short_afterOctets_tellsSuccess() throws Exception {
        run(new Fault.Short(10));
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("0123456789");
        assertThat(frames.octets(STATUS)).asString().contains("Success");
    }

    @Test
    void flood_afterOctets_comesInWholeLinesBetweenThoseOfTheCommand() throws Exception {
        cluster.pod("shop", "cart").fault(new Fault.Flood(10, 1_000_050));
        exec(frames, "sh", "-c", "printf 'of its ' >&2; printf 0123456789; read -r go; printf 'own\\n' >&2", "tcpdump")
                .thenAccept(FaultTest::goOn)
                .join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("0123456789");
        assertThat(new String(frames.octets(STDERR), StandardCharsets.US_ASCII).lines())
                .hasSize(10_002)
                .contains("of its own")
                .allMatch(line -> line.equals("of its own") || line.equals("!".repeat(99)));
    }

    @Test
    void fault_whereTheCommandIsMissing_isForTheNext() throws Exception {
        cluster.pod("shop", "cart").fault(new Fault.Short(10));
        exec(new ExecFrames(Integer.MAX_VALUE), "no-such-command", "tcpdump").join();
        exec(frames, "sh", "-c", "printf 0123456789abcdef; cat", "tcpdump").join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("0123456789");
    }

    @Test
    void fault_ofOtherCommands_passesTcpdumpBy() throws Exception {
        cluster.pod("shop", "cart").fault(argv -> argv.contains("tar"), new Fault.Short(5));
        assertThat(output("echo", "tcpdump")).isEqualTo("tcpdump\n");
        exec(frames, "sh", "-c", "printf 0123456789; cat", "tar").join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("01234");
        assertThat(output("echo", "tar")).isEqualTo("tar\n");
    }

    @Test
    void refused_ofOtherCommands_letsTcpdumpRun() throws Exception {
        cluster.pod("shop", "cart").fault(argv -> argv.contains("tar"), new Fault.Refused(403, "no archives"));
        assertThatThrownBy(exec(frames, "tar")::join).hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(output("echo", "tcpdump")).isEqualTo("tcpdump\n");
    }

    @Test
    void faultToCome_isForThePodOfThatName() throws Exception {
        cluster.faultToCome("shop", "new", new Fault.Short(10));
        client.makePod("shop", "new");
        Awaitility.await("it runs").until(() -> cluster.inventory().contains("container app of pod shop/new"));
        client.exec("new", "v5.channel.k8s.io", frames, "sh", "-c", "printf 0123456789abcdef; cat", "tcpdump")
                .join();
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("0123456789");
    }

    @Test
    void faultToCome_onANode_isForTheNextPodThere() throws Exception {
        SimulatedNode node = cluster.pod("shop", "cart").node();
        node.faultToCome(argv -> argv.contains("tar"), new Fault.Short(5));
        node.faultToCome(new Fault.Short(10));
        client.makePod("shop", "helper");
        client.makePod("shop", "later");
        Awaitility.await("both run")
                .until(() -> cluster.inventory().contains("container app of pod shop/helper")
                        && cluster.inventory().contains("container app of pod shop/later"));
        assertThat(cluster.pod("shop", "helper").node()).isSameAs(node);
        assertThat(printedIn("later", "tcpdump")).isEqualTo("0123456789abcdef");
        assertThat(printedIn("helper", "tcpdump")).isEqualTo("0123456789");
        assertThat(printedIn("helper", "tar")).isEqualTo("01234");
        assertThat(printedIn("helper", "tcpdump")).isEqualTo("0123456789abcdef");
    }

    private static String printedIn(String pod, String word) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        client.exec(pod, "v5.channel.k8s.io", frames, "sh", "-c", "printf 0123456789abcdef", word)
                .join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(1), StandardCharsets.US_ASCII);
    }

    @Test
    void statusMissing_atTheEnd_closesWithoutIt() throws Exception {
        WebSocket webSocket = run(new Fault.StatusMissing());
        endInput(webSocket);
        assertThat(frames.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(printed()).isEqualTo("0123456789abcdef");
        assertThat(frames.octets(STATUS)).isEmpty();
    }

    @Test
    void stalled_afterOctets_keepsTheConnectionAndIsSilent() throws Exception {
        WebSocket webSocket = run(new Fault.Stalled(10));
        endInput(webSocket);
        Awaitility.await("the process has ended")
                .until(() -> output("cat", "ended").equals("yes\n"));
        webSocket.sendPing(ByteBuffer.allocate(0)).join();
        frames.ponged().get(10, TimeUnit.SECONDS);
        assertThat(printed()).isEqualTo("0123456789");
        assertThat(frames.octets(STATUS)).isEmpty();
        assertThat(frames.closed()).isNotDone();
        cluster.pod("shop", "cart").resetConnections();
        assertThatThrownBy(() -> frames.closed().get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void refused_untilHealed_isForEveryConnection() throws Exception {
        cluster.pod("shop", "cart").fault(new Fault.Refused(403, "under quarantine"));
        for (int i = 0; i < 2; i++) {
            CompletableFuture<WebSocket> opening = exec(frames, "true");
            assertThatThrownBy(opening::join).hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
        cluster.pod("shop", "cart").heal();
        assertThat(output("echo", "well")).isEqualTo("well\n");
    }

    private WebSocket run(Fault fault) {
        cluster.pod("shop", "cart").fault(fault);
        return exec(frames, "sh", "-c", "printf 0123456789abcdef; cat; echo yes >ended", "tcpdump")
                .join();
    }

    private static CompletableFuture<WebSocket> exec(ExecFrames frames, String... argv) {
        return client.exec("cart", "v5.channel.k8s.io", frames, argv);
    }

    private static String output(String... argv) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        exec(frames, argv).join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8);
    }

    private String printed() {
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.US_ASCII);
    }

    private static void goOn(WebSocket webSocket) {
        webSocket.sendBinary(ByteBuffer.wrap(new byte[] {0, '\n'}), true).join();
    }

    private static void endInput(WebSocket webSocket) {
        webSocket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true).join();
    }
}
