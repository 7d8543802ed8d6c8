package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A program that is brought into a container, and is its tcpdump there. */
class BroughtTcpdumpTest {
    private static SimulatedCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = SimulatedCluster.builder()
                .pod("shop", "plain", pod -> pod.container("app", SimulatedImage.SHELL))
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void program_inAContainerWithoutTcpdump_goesByItsOwnName() throws Exception {
        assertThat(printed("cp \"$program\" ./brought && chmod 700 brought && ./brought --version; ./brought \"$@\""))
                .startsWith("brought version 4.99.3\n")
                .endsWith("brought: eth 7: No such device exists\n(No such device exists)\n");
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void program_whoseFileIsGone_runsByItsDescriptorWithTheProcessNumberOfItsCaller() throws Exception {
        assertThat(printed("cp \"$program\" gone && chmod 700 gone; exec 9<gone; rm gone;"
                        + " sh -c 'echo $$; exec /proc/self/fd/9 -w - \"$@\"' sh \"$@\" & wait $!; echo $? $!"))
                .matches("(?s)(\\d+)\n9: eth 7: No such device exists\n\\(No such device exists\\)\n1 \\1\n");
    }

    @Test
    void program_forAnotherMachine_isRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> cluster.staticTcpdump("s390x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s390x")
                .hasMessageContaining("amd64 and arm64");
    }

    private static String printed(String script) throws Exception {
        String here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path program = cluster.staticTcpdump(here);
        List<String> argv = new ArrayList<>(
                List.of("sh", "-c", "exec 2>&1; program=$1; shift; " + script, "sh", program.toString()));
        argv.addAll(Arrays.asList("-i", "eth 7", "--", ""));
        ExecFrames frames = new ExecFrames(Integer.MAX_VALUE);
        new PlainClient(cluster.kubeconfig())
                .exec("plain", "v5.channel.k8s.io", frames, argv.toArray(String[]::new))
                .join();
        frames.closed().get(10, TimeUnit.SECONDS);
        return new String(frames.octets(ExecFrames.STDOUT), StandardCharsets.UTF_8);
    }
}
