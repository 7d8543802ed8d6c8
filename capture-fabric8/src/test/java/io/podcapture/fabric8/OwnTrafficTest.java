package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTrafficTest {
    private static final String LISTENING = "0: 0100007F:A993 00000000:0000 0A\n";
    private static final String CONNECTED = "1: 0100007F:A993 0100007F:C350 01\n2: 0100007F:A993 0100007F:C351 01\n"
            + "3: 0100007F:A993 0100007F:C352 01\n";

    @TempDir
    private Path directory;

    private final LooseContext context = new LooseContext();
    private static final int COMMANDS = 4;

    private final Deque<PrintedProcess> processes = new ArrayDeque<>();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        client = Http.JDK.client("http://127.0.0.1:" + port() + "/");
        sockets(LISTENING + CONNECTED);
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @Test
    void of_pointWithItsOwnNetwork_isEmpty() throws Exception {
        assertThat(of(request("any", ""))).isEmpty();
        assertThat(processes).as("commands not started").hasSize(COMMANDS);
    }

    @Test
    void of_toBeCaptured_isEmpty() throws Exception {
        assertThat(new OwnTraffic(new Cluster(client, ""), true)
                        .of(request("any", "true"), (argv, limit) -> processes.remove(), context))
                .isEmpty();
        assertThat(processes).as("commands not started").hasSize(COMMANDS);
    }

    @Test
    void of_nodesNetwork_namesKubeletApiServersAndRuntime() throws Exception {
        node(10255, "10.0.0.5", "fd00::5");
        apiServers(6443, "10.0.0.1", "10.0.0.2");
        assertThat(of(request("any", "true")))
                .isEqualTo("(tcp port 10255 and (host 10.0.0.5 or host fd00::5))"
                        + " or (tcp port 6443 and (host 10.0.0.1 or host 10.0.0.2))"
                        + " or (tcp port " + port() + " and (host 127.0.0.1))"
                        + " or (tcp port 43411 and (host 127.0.0.1 or host ::1))");
        assertThat(context.warnings).isEmpty();
    }

    @Test
    void of_otherInterface_asksNothingOnTheNode() throws Exception {
        node(10250, "10.0.0.5");
        apiServers(6443, "10.0.0.1");
        assertThat(of(request("eth0", "true"))).contains("10250", "6443").doesNotContain("43411");
        assertThat(processes).as("commands not started").hasSize(COMMANDS);
    }

    @Test
    void of_nobodyMayLook_leavesTheUsualPortsOut() throws Exception {
        assertThat(of(request("eth0", "true")))
                .isEqualTo("(tcp port 10250) or (tcp port " + port() + " and (host 127.0.0.1))");
    }

    @Test
    void of_serverThatIsTheOneOfTheEndpoints_isNamedOnce() throws Exception {
        apiServers(port(), "127.0.0.1");
        assertThat(of(request("eth0", "true")))
                .isEqualTo("(tcp port 10250) or (tcp port " + port() + " and (host 127.0.0.1))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example/", "https://api.example:443/"})
    void of_serverWithAName_isLookedUpHere(String url) throws Exception {
        try (KubernetesClient elsewhere = Http.JDK.client(url.replace("api.example", "localhost"))) {
            String filter = new OwnTraffic(new Cluster(elsewhere, ""), false)
                    .of(request("eth0", "true"), (argv, limit) -> processes.remove(), context);
            assertThat(filter).startsWith("(tcp port 10250) or (tcp port 443 and (host 127.0.0.1");
        }
    }

    @Test
    void of_serverWithANameThatNobodyKnows_leavesItsPortOutAndWarns() throws Exception {
        try (KubernetesClient elsewhere = Http.JDK.client("https://api.invalid/")) {
            String filter = new OwnTraffic(new Cluster(elsewhere, ""), false)
                    .of(request("eth0", "true"), (argv, limit) -> processes.remove(), context);
            assertThat(filter).isEqualTo("(tcp port 10250) or (tcp port 443)");
            assertThat(context.warnings).anyMatch(line -> line.contains("TCP port 443"));
        }
    }

    @Test
    void of_serverOfVersion6_isNamedWithoutBrackets() throws Exception {
        try (KubernetesClient elsewhere = Http.JDK.client("http://[::1]:1/")) {
            String filter = new OwnTraffic(new Cluster(elsewhere, ""), false)
                    .of(request("eth0", "true"), (argv, limit) -> processes.remove(), context);
            assertThat(filter).isEqualTo("(tcp port 10250) or (tcp port 1 and (host 0:0:0:0:0:0:0:1))");
        }
    }

    @Test
    void of_runtimeNotTold_warns() throws Exception {
        processes.clear();
        sockets(LISTENING);
        assertThat(of(request("lo", "true"))).doesNotContain("43411");
        assertThat(context.warnings)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("node worker-1", "than lo"));
    }

    @Test
    void of_secondCaptureOnTheNode_doesNotLookAgain() throws Exception {
        String filter = of(request("any", "true"));
        assertThat(filter).contains("tcp port 43411");
        assertThat(of(request("lo", "true"))).isEqualTo(filter);
        assertThat(processes).isEmpty();
    }

    @Test
    void of_captureOnAnotherNode_looksThere() throws Exception {
        assertThat(of(request("any", "true"))).contains("tcp port 43411");
        sockets(LISTENING);
        assertThat(of(request("any", "true", "worker-2"))).doesNotContain("43411");
        assertThat(context.warnings).singleElement().asString().contains("worker-2");
    }

    @Test
    void of_runtimeThatDoesNotTellInTime_warnsAndGoesOn() throws Exception {
        String filter = new OwnTraffic(new Cluster(client, ""), false)
                .of(
                        request("any", "true"),
                        (argv, limit) -> {
                            throw new CaptureException(FailureReason.START_TIMEOUT, "exec was not answered");
                        },
                        context);
        assertThat(filter).contains("10250").doesNotContain("43411");
        assertThat(context.warnings).singleElement().asString().contains("node worker-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 113, 276})
    void of_filter_isUnderstoodByTcpdump(int linkType) throws Exception {
        assumeThat(List.of(Path.of("/usr/bin/tcpdump"), Path.of("/usr/sbin/tcpdump")))
                .as("this machine has no tcpdump")
                .anyMatch(Files::isExecutable);
        node(10250, "10.0.0.5", "fd00::5");
        apiServers(6443, "10.0.0.1", "fd00::1");
        String filter = "not (" + of(request("any", "true")) + ") and (tcp or udp)";
        // An empty file tells the link type, and needs no rights.
        Path empty = Files.write(
                directory.resolve("empty"),
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0xa1b2c3d4)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(262_144)
                        .putInt(linkType)
                        .array());
        Process tcpdump = new ProcessBuilder("tcpdump", "-r", empty.toString(), "-d", "--", filter)
                .redirectErrorStream(true)
                .start();
        String printed = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tcpdump.waitFor()).as(printed).isZero();
        assertThat(printed).contains("ret ");
    }

    private String of(CaptureRequest request) throws Exception {
        return new OwnTraffic(new Cluster(client, ""), false).of(request, (argv, limit) -> processes.remove(), context);
    }

    // What commands that run one after the other see.
    private void sockets(String last) {
        for (int i = 1; i < COMMANDS; i++) {
            processes.add(PrintedProcess.of(LISTENING + "end\n", 0));
        }
        processes.add(PrintedProcess.of(last + "end\n", 0));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void node(int kubeletPort, String... addresses) {
        NodeBuilder node = new NodeBuilder()
                .withNewMetadata()
                .withName("worker-1")
                .endMetadata()
                .withNewStatus()
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(kubeletPort)
                .endDaemonEndpoints()
                .addNewAddress("worker-1", "Hostname")
                .addNewAddress("203.0.113.1", "ExternalIP")
                .endStatus();
        for (String address : addresses) {
            node.editStatus().addNewAddress(address, "InternalIP").endStatus();
        }
        answer("/api/v1/nodes/worker-1", node.build());
    }

    private void apiServers(int port, String... addresses) {
        EndpointSliceListBuilder slices = new EndpointSliceListBuilder()
                .addNewItem()
                .withNewMetadata()
                .withNamespace("default")
                .withName("kubernetes")
                .endMetadata()
                .addNewPort()
                .withPort(port)
                .endPort()
                .endItem();
        for (String address : addresses) {
            slices.editItem(0)
                    .addNewEndpoint()
                    .withAddresses(address)
                    .endEndpoint()
                    .endItem();
        }
        answer("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", slices.build());
    }

    private void answer(String path, Object resource) {
        byte[] body = Serialization.asJson(resource).getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static CaptureRequest request(String interfaceName, String hostNetwork) {
        return request(interfaceName, hostNetwork, "worker-1");
    }

    private static CaptureRequest request(String interfaceName, String hostNetwork, String node) {
        CapturePoint point = CapturePoint.builder("uid-1", "demo/web")
                .attribute(PodView.NODE, node)
                .attribute(PodView.HOST_NETWORK, hostNetwork)
                .build();
        return new CaptureRequest(
                Targets.pod("demo", "web"),
                point,
                interfaceName,
                "",
                262_144,
                64L << 20,
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
