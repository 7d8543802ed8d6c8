package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.PacketCursor;
import io.podcapture.testkit.cluster.SimulatedCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoCommandTest {
    private static final String NO_CLUSTER = """
            apiVersion: v1
            kind: Config
            current-context: gone
            contexts: [{name: gone, context: {cluster: gone, user: me}}]
            clusters: [{name: gone, cluster: {server: 'http://127.0.0.1:%d'}}]
            users: [{name: me, user: {}}]
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void forgetKubeconfig() {
        System.clearProperty("kubeconfig");
    }

    @Test
    void demo_withoutTarget_capturesAllPodsOfASimulatedCluster() throws Exception {
        Path file = directory.resolve("demo.pcapng");
        assertThat(execute("-w", file.toString())).as(err.toString()).isZero();
        assertThat(rows())
                .extracting(row -> row.get(0) + " by " + row.get(2) + ", dropped " + row.get(4) + ": " + row.get(5))
                .containsExactly(
                        "shop/front by exec, dropped 0: COMPLETE",
                        "shop/cart by ephemeral, dropped 0: COMPLETE",
                        "shop/db by ephemeral, dropped 0: COMPLETE",
                        "kube-system/dns by ephemeral, dropped 0: COMPLETE");
        int captured =
                rows().stream().mapToInt(row -> Integer.parseInt(row.get(3))).sum();
        assertThat(packets(file)).isPositive().isEqualTo(captured);
        assertThat(out.toString())
                .contains(
                        "exec, in a container of the pod; ephemeral, in a container added to the pod.",
                        "COMPLETE is proven",
                        "shop/db to shop/cart: 1 RST",
                        captured + " packets in order of time are in " + file,
                        "Open it: wireshark " + file);
        assertThat(err.toString()).contains("Simulated cluster", "capturing shop/cart (any) by ephemeral");
    }

    @Test
    void readme_showsWhatTheDemoPrints() throws Exception {
        assertThat(execute("-w", directory.resolve("demo.pcapng").toString())).isZero();
        List<String> tables = out.toString()
                .lines()
                .filter(line -> line.matches("(\\S+/\\S+|[A-Z]+) .*   .*"))
                .toList();
        assertThat(tables).hasSize(9).isSubsetOf(Files.readAllLines(Path.of("..", "README.md")));
    }

    @Test
    void demo_ofATarget_capturesItInTheClusterOfTheContext() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").pod("shop", "db").start()) {
            kubeconfig(cluster.kubeconfig());
            Path file = directory.resolve("real.pcapng");
            String[] line = {
                "--context", "simulated", "-n", "shop", "--duration", "200ms", "-w", file.toString(), "pod/cart", "db"
            };
            assertThat(execute(line)).as(err.toString()).isZero();
        }
        assertThat(rows()).extracting(row -> row.get(0)).containsExactly("shop/cart", "shop/db");
        assertThat(err.toString()).doesNotContain("Simulated");
    }

    @Test
    void demo_whereNoClusterAnswers_saysSoAndWhatNeedsNone() throws Exception {
        kubeconfig(NO_CLUSTER.formatted(closedPort()));
        assertThat(execute("pod/cart")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "no cluster answers at http://127.0.0.1:",
                        "(is KUBECONFIG set?)",
                        "without a target the demo needs no cluster");
    }

    @Test
    void demo_whereTheClusterIsNotTrusted_saysWhatWasSeen() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().pod("shop", "cart").start()) {
            kubeconfig(cluster.kubeconfig().replace("certificate-authority-data", "forgotten"));
            assertThat(execute("-n", "shop", "cart")).isEqualTo(1);
        }
        assertThat(err.toString())
                .contains("no cluster answers at https://", "certification path")
                .doesNotContain("KUBECONFIG");
    }

    @Test
    void demo_ofWhatTheSessionRefuses_isWrongUsage() throws Exception {
        kubeconfig(NO_CLUSTER.formatted(closedPort()));
        assertThat(execute("cart", "--duration", "0s")).isEqualTo(2);
        assertThat(execute("cart", "--image", "")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void demo_ofADurationWithoutTarget_isWrongUsage() {
        assertThat(execute("--duration", "60s")).isEqualTo(2);
        assertThat(err.toString()).contains("--duration is for a target in a real cluster");
    }

    @Test
    void demo_ofAContextWithoutTarget_isWrongUsage() {
        assertThat(execute("--context", "simulated")).isEqualTo(2);
        assertThat(execute("-n", "shop")).isEqualTo(2);
        assertThat(execute("cronjob/x")).isEqualTo(2);
        assertThat(err.toString()).contains("name what to capture", "does not understand the target");
    }

    private int execute(String... line) {
        String[] whole = new String[line.length + 1];
        whole[0] = "demo";
        System.arraycopy(line, 0, whole, 1, line.length);
        return PodCapture.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(whole);
    }

    /** Returns the cells of the rows that have an outcome. */
    private List<List<String>> rows() {
        return out.toString()
                .lines()
                .filter(line -> line.matches("\\S+/\\S+ .*[A-Z]"))
                .map(line -> List.of(line.split(" +")))
                .filter(row -> row.size() == 6)
                .toList();
    }

    private static int packets(Path file) throws Exception {
        int packets = 0;
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                packets++;
            }
        }
        return packets;
    }

    private void kubeconfig(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("kubeconfig"), content);
        System.setProperty("kubeconfig", file.toString());
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
