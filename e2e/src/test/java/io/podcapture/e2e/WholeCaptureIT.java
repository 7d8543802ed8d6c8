package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnCluster
class WholeCaptureIT extends WholeCaptureScenarios {
    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withPods();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Override
    Stage stage() {
        return cluster;
    }

    @Test
    void stop_whileTrafficGoesOn_isComplete() throws Exception {
        PodShell tools = cluster.shell("tools", "tools");
        tools.during("for ((i = 0; i < 200000; i++)); do echo -n x > /dev/udp/127.0.0.1/9; done 2>/dev/null", () -> {
            try (CaptureSession session = CaptureSession.builder()
                    .target(Targets.pod(cluster.namespace(), "tools"))
                    .via(cluster.methods(cluster.client()).build().exec())
                    .writeTo(directory.resolve("busy.pcapng"))
                    .start()) {
                tools.run(Traffic.DATAGRAMS, 0, 100);
                CaptureResult result = session.stop().requireComplete();
                assertThat(Traffic.numbers(result).get(cluster.namespace() + "/tools"))
                        .containsExactlyElementsOf(Traffic.range(0, 100));
            }
        });
        tools.run("pkill -f 200000 || true");
    }

    @Override
    void assertReadByOthers(Path file, long packets) throws Exception {
        String read = output("tcpdump", "-n", "-r", file.toString());
        assertThat(read.lines().count()).isEqualTo(packets);
        String info = output("capinfos", "-c", "-M", file.toString());
        assertThat(info).contains(Long.toString(packets));
    }

    private static String output(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(argv[0] + " reads the file").isZero();
        return printed;
    }
}
