package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which engine is asked where none is named. */
@Timeout(60)
class EngineChoiceTest {
    @TempDir
    private Path directory;

    @Test
    void podman_isAskedWhereThereIsNoDocker() throws Exception {
        StandInEngine podman = new StandInEngine(directory.resolve("p"), "k3x8", "podman");
        assertUsable(Program.withEngines(directory, podman).run("plan", "docker/web", "--image", "tools:1"));
    }

    @Test
    void docker_isAskedWhereThereAreBoth() throws Exception {
        StandInEngine docker = new StandInEngine(directory.resolve("d"), "k3x8", "docker");
        StandInEngine podman = new StandInEngine(directory.resolve("p"), "k3x8", "podman");
        podman.fallSilent();
        assertUsable(Program.withEngines(directory, podman, docker).run("plan", "docker/web", "--image", "tools:1"));
    }

    private static void assertUsable(Program plan) {
        assertThat(plan.status()).as(plan.said()).isZero();
        assertThat(plan.said().lines()).contains("  > docker     usable     the engine has image tools:1");
    }
}
