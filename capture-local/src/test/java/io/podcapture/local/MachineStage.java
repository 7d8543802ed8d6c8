package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This machine, captured at its ends of two cables that lead to the tools, in a namespace of their own; at each end there is a
 * server. What the tools send comes in by the first.
 */
final class MachineStage implements LocalStage {
    // Of this JVM alone, since the machine's network is everybody's.
    private static final String NETWORK = "198.19." + ProcessHandle.current().pid() % 250 + ".";
    private static final String WEB = NETWORK + "1";
    private static final String BARE = NETWORK + "5";

    // Arguments: name of the end here, name and process of the other, address here, address there.
    private static final String CABLE = """
            set -e
            ip link add $1 type veth peer name $2 netns $3
            ip addr add $4/30 dev $1
            ip link set $1 up
            nsenter --net=/proc/$3/ns/net -- ip addr add $5/30 dev $2
            nsenter --net=/proc/$3/ns/net -- ip link set $2 up
            """;

    private final TestNamespace tools;
    private final TestServer server;
    private final List<Process> servers = new ArrayList<>();

    private MachineStage(TestNamespace tools, TestServer server) {
        this.tools = tools;
        this.server = server;
    }

    /** Makes it; skips the test where that is not permitted. */
    static MachineStage make(Path directory) throws Exception {
        TestServer server = TestServer.make(directory);
        MachineStage stage = new MachineStage(TestNamespace.make(), server);
        return LocalStage.serving(stage, () -> {
            stage.connect(stage.web(), "eth0", WEB, NETWORK + "2");
            stage.connect(stage.bare(), "eth1", BARE, NETWORK + "6");
        });
    }

    private void connect(Place here, String there, String address, String peer) throws Exception {
        LocalStage.sh(CABLE, here.interfaceName(), there, tools.pid(), address, peer);
        servers.add(server.start(List.of(), address + ":8080"));
    }

    @Override
    public MethodChoice method() {
        return LocalMethods.local();
    }

    @Override
    public Place tools() {
        return web();
    }

    @Override
    public Place allOfTools() {
        return Place.whole(Targets.localMachine());
    }

    @Override
    public Place web() {
        return end("w");
    }

    @Override
    public Place bare() {
        return end("b");
    }

    private Place end(String letter) {
        return new Place(Targets.localMachine(), "pc" + letter + tools.pid());
    }

    @Override
    public String address(Place server) {
        return server.equals(web()) ? WEB : BARE;
    }

    @Override
    public String closed() {
        return WEB;
    }

    @Override
    public void makeBigPage() throws IOException {
        server.makeBigPage();
    }

    @Override
    public List<String> inTools() {
        return tools.entered();
    }

    /** The cables go with the namespace. */
    @Override
    public void endTools() {
        tools.close();
    }

    @Override
    public void remove() throws Exception {
        servers.forEach(Process::destroyForcibly);
        // The namespace takes its time; the next stage has the same addresses.
        LocalStage.sh(
                "for i; do ip link del $i 2>/dev/null; done; true", web().interfaceName(), bare().interfaceName());
        tools.close();
    }
}
