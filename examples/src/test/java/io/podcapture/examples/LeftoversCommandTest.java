package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
        Program program = Program.withEngines(directory, engine).run("leftovers");
        assertThat(program.status()).as(program.said()).isEqualTo(3);
        assertThat(program.said().lines())
                .hasSize(2)
                .contains("not looked at: a cluster: there is no kubeconfig")
                .anyMatch(line -> line.startsWith(StandInEngine.LEFT));
    }

    @Test
    void dockerAndPodman_haveTheirOwn_areEachToldAndCleared() throws Exception {
        Program.Start both = Program.withEngines(
                directory,
                new StandInEngine(directory.resolve("d"), "d0c4", "docker"),
                new StandInEngine(directory.resolve("p"), "90d3", "podman"));
        assertThat(both.run("leftovers").said())
                .contains("docker rm --volumes podcapture-docker-d0c4-01")
                .contains("podman rm --volumes podcapture-docker-90d3-01");
        Program removing = both.run("leftovers", "--remove");
        assertThat(removing.status()).as(removing.said()).isZero();
        assertThat(removing.said())
                .contains("removed container podcapture-docker-d0c4-01")
                .contains("removed container podcapture-docker-90d3-01")
                .endsWith("nothing is left\n");
        assertThat(both.run("leftovers").status()).isZero();
    }

    @Test
    void podmanIsSilent_dockerIsToldAndClearedAllTheSame() throws Exception {
        StandInEngine silent = new StandInEngine(directory.resolve("p"), "90d3", "podman");
        silent.fallSilent();
        Program removing = Program.withEngines(
                        directory, new StandInEngine(directory.resolve("d"), "d0c4", "docker"), silent)
                .run("leftovers", "--remove");
        assertThat(removing.status()).as(removing.said()).isZero();
        assertThat(removing.said())
                .contains("removed container podcapture-docker-d0c4-01")
                .contains("not looked at: containers of podman: ")
                .contains("connection refused");
    }

    private int execute(String... arguments) {
        return PodCapture.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
