package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.podcapture.spi.SearchPath;
import io.podcapture.testkit.PacketSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of its own with nothing but lo in it, and a process that keeps it, as a container does. */
final class TestNamespace implements AutoCloseable {
    // unshare, ip and tcpdump must all be permitted; what they say is the reason why a test is skipped.
    private static final String KEEP =
            "ip link set lo up && timeout 5 tcpdump -i lo -d >/dev/null && echo ready && exec cat";

    private static final String SEND =
            "for ((i = $1; i < $1 + $2; i++)); do printf packet-%d $i >/dev/udp/127.0.0.1/9; done";

    private final Process keeper;

    private TestNamespace(Process keeper) {
        this.keeper = keeper;
    }

    /** Makes one; skips the test where that is not permitted. */
    static TestNamespace make() throws IOException {
        for (String command : List.of("unshare", "ip", "nsenter", "tcpdump", "bash")) {
            if (SearchPath.ofThisJvm().find(command).isEmpty()) {
                abort("there is no " + command + " on the PATH");
            }
        }
        Process keeper = new ProcessBuilder("unshare", "--net", "sh", "-c", KEEP).start();
        String first = keeper.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(first)) {
            abort("no network namespace can be made: "
                    + new String(keeper.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return new TestNamespace(keeper);
    }

    long pid() {
        return keeper.pid();
    }

    /** Returns what stands before a command that is to run inside. */
    List<String> entered() {
        return List.of("nsenter", "--net=/proc/" + pid() + "/ns/net", "--");
    }

    Process keeper() {
        return keeper;
    }

    /** Returns a source of numbered datagrams inside. */
    PacketSource packets() {
        AtomicInteger next = new AtomicInteger();
        return count -> {
            String from = Integer.toString(next.getAndAdd(count));
            List<String> argv = new ArrayList<>(entered());
            argv.addAll(List.of("bash", "-c", SEND, "send", from, Integer.toString(count)));
            Process bash = new ProcessBuilder(argv).redirectErrorStream(true).start();
            String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor()).as(said).isZero();
        };
    }

    @Override
    public void close() {
        keeper.destroyForcibly();
    }
}
