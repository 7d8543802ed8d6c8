package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in beside the real one, where this machine has it and lets it capture. */
class SimulatedTcpdumpTest {
    private static final String TO_THE_END = "\"$@\" >out 2>err; echo \"status $?\"; cat out err";

    // The shell starts it with SIGINT ignored, which it must take back. What an earlier run said must not be taken for
    // its
    // own: a signal would come before it knows what to do with one.
    private static final String STOPPED = "rm -f err; \"$@\" >out 2>err & tool=$!;"
            + " until grep -q bytes err 2>/dev/null; do kill -0 $tool || break; done;"
            + " kill -USR1 $tool; until grep -q captured err; do kill -0 $tool || break; done;"
            + " kill -$SIGNAL $tool; wait $tool; echo \"status $?\"; cat err; wc -c <out";

    private static SimulatedCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder().pod("shop", "cart").start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i nosuch9 -n -U -w - --",
                "-i lo -n -U -w - -- tcp prt 80",
                "-i lo -w - -c x --",
                "-i lo -w x -C x --",
                "-i lo -w x -C 0 --",
                "-i nosuch9 -w x -C 9999999999999 --",
                "-i lo -w x -C 1 -W 0 --",
                "-i lo -w x -C 1 -W x1 --",
                "-i lo -Z root -w nosuch/x --",
                "-i lo -Z root -C 1 -W 20 -w nosuch/x --",
                "-i lo -Z root -w . --",
                "-i lo -d -- tcp port 80",
                "-i any -d -- udp",
                "-i any -d --"
            })
    void run_thatEndsByItself_saysWhatTheRealOneSays(String options) throws Exception {
        assertThat(simulated(TO_THE_END, options)).isEqualTo(real(TO_THE_END, options));
    }

    // Others do not become anybody.
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void run_byRootAsAUserThatIsMissing_saysWhatTheRealOneSays() throws Exception {
        String options = "-i lo -Z nosuch -w x --";
        assertThat(simulated(TO_THE_END, options)).isEqualTo(real(TO_THE_END, options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void run_thatIsAskedAndStopped_saysWhatTheRealOneSays(String signal) throws Exception {
        String script = STOPPED.replace("$SIGNAL", signal);
        String options = "-i any -n -U -s 200 -B 4096 -w - -- udp port 9 and host 192.0.2.77";
        // Between the opening of the socket and its filter the real one counts whatever comes.
        String real = real(script, options).replaceAll("\\d+ packets received", "0 packets received");
        assertThat(real).contains("0 packets captured, 0 packets received by filter");
        assertThat(simulated(script, options)).isEqualTo(real);
    }

    private String real(String script, String options) throws IOException, InterruptedException {
        RealTcpdump real = new RealTcpdump(directory);
        real.assume();
        return RealTcpdump.printed(real.start(script, options));
    }

    private static String simulated(String script, String options) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        new PlainClient(cluster.kubeconfig())
                .exec(
                        "cart",
                        "v5.channel.k8s.io",
                        frames,
                        RealTcpdump.command(script, options).toArray(String[]::new))
                .join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8);
    }
}
