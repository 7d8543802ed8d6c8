package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.SearchPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three network namespaces; a cable leads from that of the tools to each of the others. */
final class NetnsStage implements LocalStage {
    private static final String WEB = "10.209.1.2";
    private static final String BARE = "10.209.2.2";

    // Arguments: number of the cable, process of the tools, process of the server.
    private static final String CABLE = """
            set -e
            ip link add cable$1 netns $2 type veth peer name eth0 netns $3
            nsenter --net=/proc/$2/ns/net -- ip addr add 10.209.$1.1/24 dev cable$1
            nsenter --net=/proc/$2/ns/net -- ip link set cable$1 up
            nsenter --net=/proc/$3/ns/net -- ip addr add 10.209.$1.2/24 dev eth0
            nsenter --net=/proc/$3/ns/net -- ip link set eth0 up
            """;

    // A cable takes a moment to be ready, and so does a server.
    private static final String AWAIT = "until (exec 3<>/dev/tcp/$1/8080) 2>/dev/null; do sleep 0.05; done";

    private final TestNamespace tools;
    private final TestNamespace web;
    private final TestNamespace bare;
    private final List<Process> servers = new ArrayList<>();

    private NetnsStage(TestNamespace tools, TestNamespace web, TestNamespace bare) {
        this.tools = tools;
        this.web = web;
        this.bare = bare;
    }

    /** Makes them; skips the test where that is not permitted. */
    static NetnsStage make(Path directory) throws Exception {
        assumeTrue(SearchPath.ofThisJvm().find("busybox").isPresent(), "there is busybox on the PATH");
        NetnsStage stage = new NetnsStage(TestNamespace.make(), TestNamespace.make(), TestNamespace.make());
        Path page = Files.createDirectories(directory.resolve("www"));
        Files.writeString(page.resolve("index.html"), "served\n");
        stage.connect(1, stage.web, page);
        stage.connect(2, stage.bare, page);
        stage.run(AWAIT, WEB);
        stage.run(AWAIT, BARE);
        return stage;
    }

    private void connect(int number, TestNamespace server, Path page) throws Exception {
        Process cable = new ProcessBuilder(
                        "sh",
                        "-c",
                        CABLE,
                        "cable",
                        Integer.toString(number),
                        Long.toString(tools.pid()),
                        Long.toString(server.pid()))
                .redirectErrorStream(true)
                .start();
        String said = new String(cable.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(cable.waitFor()).as(said).isZero();
        servers.add(new ProcessBuilder(
                        "nsenter",
                        "--net=/proc/" + server.pid() + "/ns/net",
                        "--",
                        "busybox",
                        "httpd",
                        "-f",
                        "-p",
                        "8080",
                        "-h",
                        page.toString())
                .inheritIO()
                .start());
    }

    @Override
    public MethodChoice method() {
        return LocalMethods.netns();
    }

    @Override
    public Target tools() {
        return Targets.process(tools.pid());
    }

    @Override
    public Target web() {
        return Targets.networkNamespace("/proc/" + web.pid() + "/ns/net");
    }

    @Override
    public Target bare() {
        return Targets.process(servers.get(1).pid());
    }

    @Override
    public String address(Target server) {
        return server.equals(web()) ? WEB : BARE;
    }

    @Override
    public List<String> inTools() {
        return List.of("nsenter", "--net=/proc/" + tools.pid() + "/ns/net", "--");
    }

    @Override
    public void endTools() {
        tools.close();
    }

    @Override
    public void remove() {
        servers.forEach(Process::destroyForcibly);
        List.of(tools, web, bare).forEach(TestNamespace::close);
    }
}
