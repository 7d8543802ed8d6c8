package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in beside the real one, where this machine has it and lets it capture. */
class SimulatedTcpdumpTest {
    private static final String VERSION = "tcpdump version 4.99.3";
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
                "-i lo -d -- tcp port 80",
                "-i any -d -- udp",
                "-i any -d --"
            })
    void run_thatEndsByItself_saysWhatTheRealOneSays(String options) throws Exception {
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
        assumeThat(Stream.of("/usr/bin/tcpdump", "/usr/sbin/tcpdump", "/sbin/tcpdump"))
                .as("this machine has no tcpdump")
                .anyMatch(file -> Files.isExecutable(Path.of(file)));
        assumeThat(run("tcpdump --version 2>&1", "")).startsWith(VERSION);
        String printed = run(script, options);
        assumeThat(printed).as("it may not capture here").doesNotContain("permi");
        return printed;
    }

    private String run(String script, String options) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(script, options))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    private static String simulated(String script, String options) throws Exception {
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        new PlainClient(cluster.kubeconfig())
                .exec(
                        "cart",
                        "v5.channel.k8s.io",
                        frames,
                        command(script, options).toArray(String[]::new))
                .join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8);
    }

    private static List<String> command(String script, String options) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh", "tcpdump"));
        argv.addAll(Arrays.asList(options.split(" ")));
        return argv;
    }
}
