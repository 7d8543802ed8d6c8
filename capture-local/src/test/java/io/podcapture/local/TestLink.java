package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.podcapture.testkit.PacketSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A link from this JVM's network into a namespace of its own: a pair of veth, and datagrams that come out here. */
final class TestLink implements AutoCloseable {
    // Of this JVM alone: who captures all interfaces sees the links of tests that run beside, too.
    private static final long PID = ProcessHandle.current().pid();
    private static final String ADDRESS = "198.18." + PID / 250 % 250 + "." + (PID % 250 + 1);

    /** What passes its datagrams and nothing else. */
    static final String FILTER = "udp and src host " + ADDRESS;

    private static final String SEND =
            "for ((i = $1; i < $1 + $2; i++)); do printf packet-%d $i >/dev/udp/198.18.255.1/9; done";
    // IFF_PROMISC, and the place of the interface's number in a line of /proc/net/packet.
    private static final int PROMISCUOUS = 0x100;
    private static final int BOUND_TO = 4;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestNamespace namespace;
    private final String name;

    private TestLink(TestNamespace namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Makes one; skips the test where that is not permitted. */
    static TestLink make() throws Exception {
        TestNamespace namespace = TestNamespace.make();
        String name = "pc" + namespace.pid() % 1_000_000 + "x" + NUMBER.incrementAndGet();
        TestLink link = new TestLink(namespace, name);
        String peer = Long.toString(namespace.pid());
        if (!link.run("ip", "link", "add", name, "type", "veth", "peer", "name", "peer0", "netns", peer)) {
            namespace.close();
            abort("no pair of veth can be made");
        }
        // Nothing but the datagrams is sent: what comes before a filter is attached, libpcap counts as received.
        // So no end has an address of IPv6 to announce, and the far end is told who answers for that of the datagrams.
        assertThat(link.announcesNothing()
                        && link.run("ip", "link", "set", name, "up")
                        && link.inside("ip", "link", "set", "peer0", "up")
                        && link.inside("ip", "addr", "add", ADDRESS + "/16", "dev", "peer0")
                        && link.inside(
                                "ip", "neigh", "add", "198.18.255.1", "lladdr", "02:00:00:00:00:01", "dev", "peer0"))
                .isTrue();
        return link;
    }

    private boolean announcesNothing() throws Exception {
        return Files.notExists(Path.of("/proc/net/if_inet6"))
                || run("ip", "link", "set", name, "addrgenmode", "none")
                        && inside("ip", "link", "set", "peer0", "addrgenmode", "none");
    }

    /** Returns the name of the end here. */
    String name() {
        return name;
    }

    void set(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", name));
        argv.addAll(List.of(words));
        assertThat(run(argv.toArray(String[]::new))).isTrue();
    }

    /** Removes it while it may be captured. */
    void remove() throws Exception {
        assertThat(run("ip", "link", "del", name)).isTrue();
    }

    /** Tells whether it takes frames that are not for it, which a capture asks for. */
    boolean isPromiscuous() throws IOException {
        return (Integer.decode(kernelSays("flags")) & PROMISCUOUS) != 0;
    }

    /** Tells whether some socket of this network namespace captures it. */
    boolean isCaptured() throws IOException {
        String index = kernelSays("ifindex");
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/packet"))) {
            return sockets.map(line -> line.strip().split("\\s+")).anyMatch(socket -> socket[BOUND_TO].equals(index));
        }
    }

    private String kernelSays(String what) throws IOException {
        return Files.readString(Path.of("/sys/class/net", name, what)).strip();
    }

    PacketSource packets() {
        AtomicInteger next = new AtomicInteger();
        return count -> assertThat(inside(
                        "bash", "-c", SEND, "send", Integer.toString(next.getAndAdd(count)), Integer.toString(count)))
                .isTrue();
    }

    private boolean inside(String... argv) throws Exception {
        List<String> entered = new ArrayList<>(namespace.entered());
        entered.addAll(List.of(argv));
        return run(entered.toArray(String[]::new));
    }

    private boolean run(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (!said.isBlank()) {
            System.err.println(String.join(" ", argv) + ": " + said);
        }
        return status == 0;
    }

    /** The pair goes with the namespace. */
    @Override
    public void close() {
        namespace.close();
    }
}
