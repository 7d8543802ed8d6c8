package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import io.podcapture.Targets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine refuses, told with its words; needs no privileges. */
class DockerRefusalTest {
    @TempDir
    private Path directory;

    private FakeEngine engine;

    @BeforeEach
    void makeEngine() throws Exception {
        engine = new FakeEngine(directory, ProcessHandle.current().pid());
    }

    @Test
    void start_noSuchContainer_isNotFound() {
        assertThat(failure(Targets.container("wbe")))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining("No such container: wbe");
    }

    @Test
    void start_containerHasEnded_isNotFound() throws Exception {
        engine.inspectPrints(FakeEngine.ID, "/web", "exited", "nginx:1", "bridge", "");
        assertThat(failure(Targets.container("web")))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining("it is exited");
    }

    @Test
    void start_engineNotReachable_isLost() throws Exception {
        engine.refuse("inspect", 1, "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?");
        assertThat(failure(Targets.container("web")))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageContaining("unix:///x")
                .hasMessageContaining("DOCKER_HOST");
    }

    @Test
    void start_noCommand_isMissing() {
        CaptureSession session = by(LocalMethods.builder().engine("/nonexistent/docker"), Targets.container("web"));
        assertThat(catchThrowableOfType(CaptureException.class, session::start))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("/nonexistent/docker");
    }

    @Test
    void start_imageMissingAndNotToBePulled_saysWhy() throws Exception {
        engine.loseImage();
        engine.refuse("pull", 1, "Error response from daemon: manifest for tools:1 not found: manifest unknown");
        assertThat(failure(Targets.container("web")))
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason)
                .hasMessageContaining("manifest unknown");
        assertThat(engine.calls("pull")).containsExactly(List.of("pull", "--quiet", "--", "tools:1"));
        assertThat(engine.calls("run"))
                .singleElement()
                .satisfies(call -> assertThat(call).contains("--pull=never"));
    }

    @Test
    void start_imageMissingAndNoPull_asksNobody() throws Exception {
        engine.loseImage();
        CaptureSession session = by(
                LocalMethods.builder().engine(engine.command()).image("tools:1").neverPull(), Targets.container("web"));
        assertThat(catchThrowableOfType(CaptureException.class, session::start))
                .returns(FailureReason.IMAGE_UNAVAILABLE, CaptureException::reason)
                .hasMessageContaining("may not pull it");
        assertThat(engine.calls("pull")).isEmpty();
    }

    @Test
    void start_engineRefusesToRun_isToldWithItsWords() throws Exception {
        engine.refuse(
                "run",
                125,
                "docker: Error response from daemon: Conflict. The name is taken.\nSee 'docker run --help'.");
        assertThat(failure(Targets.container("web")))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageContaining("Conflict. The name is taken.")
                .hasMessageNotContaining("--help");
    }

    @Test
    void start_imageWithoutShell_isMissing() throws Exception {
        engine.refuse(
                "run", 127, "docker: OCI runtime create failed: exec: \"sh\": executable file not found in $PATH");
        assertThat(failure(Targets.container("web")))
                .returns(FailureReason.TOOL_MISSING, CaptureException::reason)
                .hasMessageContaining("needs a POSIX shell");
    }

    @Test
    void start_helper_hasNoMoreThanItNeeds() throws Exception {
        engine.refuse("run", 125, "no");
        failure(Targets.container("web"));
        assertThat(engine.calls("run")).singleElement().satisfies(call -> {
            assertThat(call)
                    .containsSubsequence("run", "--rm", "-i", "--name")
                    .containsSequence("--network", "container:" + FakeEngine.ID)
                    .containsSequence("--cap-drop", "ALL", "--cap-add", "NET_RAW", "--cap-add", "SETUID")
                    .containsSequence("--cap-add", "SETGID", "--security-opt", "no-new-privileges", "--user", "0")
                    .containsSequence("--log-driver", "none", "--entrypoint", "sh", "tools:1", "-c")
                    .containsSubsequence("tcpdump", "-i", "-Z", "root", "--", "port 80")
                    .doesNotContain("--privileged");
            assertThat(call.get(call.indexOf("--label") + 1)).matches("podcapture.io/session=[a-z0-9]+");
            String startsBefore = call.get(call.lastIndexOf("--label") + 1);
            assertThat(startsBefore).startsWith("podcapture.io/starts-before=");
            assertThat(Instant.parse(startsBefore.substring(startsBefore.indexOf('=') + 1)))
                    .isAfter(Instant.now());
        });
    }

    @Test
    void start_containerHost_joinsItsNetwork() throws Exception {
        engine.refuse("run", 125, "no");
        failure(Targets.containerHost());
        assertThat(engine.calls("run").get(0)).containsSequence("--network", "host");
    }

    private CaptureException failure(Target target) {
        CaptureSession session =
                by(LocalMethods.builder().engine(engine.command()).image("tools:1"), target);
        return catchThrowableOfType(CaptureException.class, session::start);
    }

    private CaptureSession by(LocalMethods.Builder methods, Target target) {
        return CaptureSession.builder()
                .target(target)
                .via(methods.docker())
                .filter("port 80")
                .writeTo(directory.resolve("capture.pcapng"))
                .build();
    }
}
