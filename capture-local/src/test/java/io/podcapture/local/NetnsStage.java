package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import java.io.IOException;
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

    private final TestNamespace tools;
    private final TestNamespace web;
    private final TestNamespace bare;
    private final TestServer server;
    private final List<Process> servers = new ArrayList<>();

    private NetnsStage(TestServer server) throws IOException {
        this.server = server;
        this.tools = TestNamespace.make();
        this.web = TestNamespace.make();
        this.bare = TestNamespace.make();
    }

    /** Makes them; skips the test where that is not permitted. */
    static NetnsStage make(Path directory) throws Exception {
        NetnsStage stage = new NetnsStage(TestServer.make(directory));
        return LocalStage.serving(stage, () -> {
            stage.connect(1, stage.web);
            stage.connect(2, stage.bare);
        });
    }

    private void connect(int number, TestNamespace to) throws Exception {
        LocalStage.sh(CABLE, number, tools.pid(), to.pid());
        servers.add(server.start(to.entered(), "8080"));
    }

    @Override
    public MethodChoice method() {
        return LocalMethods.netns();
    }

    @Override
    public Place tools() {
        return Place.whole(Targets.process(tools.pid()));
    }

    @Override
    public Place web() {
        return Place.whole(Targets.networkNamespace("/proc/" + web.pid() + "/ns/net"));
    }

    @Override
    public Place bare() {
        return Place.whole(Targets.process(servers.get(1).pid()));
    }

    @Override
    public String address(Place server) {
        return server.equals(web()) ? WEB : BARE;
    }

    @Override
    public void makeBigPage() throws IOException {
        server.makeBigPage();
    }

    @Override
    public List<String> inTools() {
        return tools.entered();
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
