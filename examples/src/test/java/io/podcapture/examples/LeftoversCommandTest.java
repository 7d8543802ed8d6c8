package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private StandInEngine engine;

    @BeforeEach
    void makeEngine() throws IOException {
        engine = new StandInEngine(directory);
    }

    @Test
    void engine_named_isAllThatIsLookedAt() {
        assertThat(execute("leftovers", "--engine", engine.docker())).isEqualTo(3);
        assertThat(out.toString().lines()).singleElement().asString().startsWith(StandInEngine.LEFT);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void remove_ofAnEngine_tellsWhatIsGone() {
        assertThat(execute("leftovers", "--remove", "--engine", engine.docker()))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly("removed container podcapture-docker-k3x8-01", "nothing is left");
        assertThat(execute("leftovers", "--engine", engine.docker())).isZero();
    }

    @Test
    void engine_namedAndMissing_fails() {
        assertThat(execute("leftovers", "--engine", "/nonexistent/docker")).isEqualTo(1);
        assertThat(err.toString()).contains("TOOL_MISSING", "/nonexistent/docker");
    }

    @Test
    void clusterFails_engineIsToldAllTheSame() throws IOException {
        SmallCluster cluster = new SmallCluster(directory);
        try {
            assertThat(execute("leftovers", "--context", "small", "--engine", engine.docker()))
                    .isEqualTo(1);
        } finally {
            cluster.close();
        }
        assertThat(out.toString()).startsWith(StandInEngine.LEFT);
        assertThat(err.toString()).contains("podcapture: TARGET_NOT_FOUND");
    }

    @Test
    void nothingNamed_looksAtAllEnginesOnThePathAndNeedsNoCluster() throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "leftovers");
        program.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
        program.environment().put("HOME", directory.toString());
        program.environment().merge("PATH", engine.directory().toString(), (path, ours) -> ours + ":" + path);
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said.lines())
                .hasSize(2)
                .contains("not looked at: a cluster: there is no kubeconfig")
                .anyMatch(line -> line.startsWith(StandInEngine.LEFT));
    }

    private int execute(String... arguments) {
        return PodCapture.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
