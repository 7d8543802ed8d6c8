package io.podcapture.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets without Kubernetes, where the kubeconfig is one that nobody can read. */
@Timeout(60)
class LocalTargetTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private StandInEngine engine;

    @BeforeEach
    void makeEngine() throws IOException {
        engine = new StandInEngine(directory);
        Path config = Files.writeString(directory.resolve("config"), "{ no: [kubeconfig");
        System.setProperty("kubeconfig", config.toString());
    }

    @AfterEach
    void forgetKubeconfig() {
        System.clearProperty("kubeconfig");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan docker/web",
                "plan container/web",
                "plan -m docker web",
                "plan web -m docker",
                "plan -m docker docker/web",
                "plan --without netns -m auto podman/web"
            })
    void plan_ofAContainer_needsNoKubeconfig(String line) {
        assertThat(execute(line + " --image tools:1")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .startsWith("container web")
                .contains("  > docker     usable     the engine has image tools:1");
    }

    @Test
    void plan_ofAPod_readsTheKubeconfig() {
        assertThat(execute("plan web")).isEqualTo(1);
    }

    @Test
    void plan_ofPodAndContainer_givesEachWhatFits() throws IOException {
        SmallCluster cluster = new SmallCluster(directory);
        try {
            assertThat(execute("plan web docker/web")).as(err.toString()).isZero();
        } finally {
            cluster.close();
        }
        assertThat(out.toString().lines())
                .startsWith("pod demo/web")
                .anyMatch(text -> text.startsWith("  > exec "))
                .contains("container web")
                .anyMatch(text -> text.startsWith("  > docker "));
    }

    @Test
    void rbac_ofAContainer_isNone() {
        assertThat(execute("plan --rbac ci/tester docker/web")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("no access rule is needed:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan local/lo", "plan -m local lo", "plan local/lo -m local", "plan machine/local"})
    void plan_ofAnInterface_isOfThisMachine(String line) {
        // Usable or not: who runs this may have no rights.
        assertThat(execute(line)).isBetween(0, 3);
        assertThat(out.toString()).startsWith("machine local").contains("local ");
    }

    @Test
    void capture_ofAnInterfaceThatIsNotThere_saysSo() {
        String file = directory.resolve("capture.pcapng").toString();
        assertThat(execute("capture local/no-such0 -w " + file)).isEqualTo(1);
        assertThat(err.toString()).containsAnyOf("no-such0", "FORBIDDEN", "TOOL_MISSING");
    }

    @Test
    void capture_ofAContainerThatIsNotThere_saysSo() {
        String file = directory.resolve("capture.pcapng").toString();
        assertThat(execute("capture docker/wbe -w " + file)).isEqualTo(1);
        assertThat(err.toString()).contains("podcapture: TARGET_NOT_FOUND: ", "No such container: wbe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker//web | write docker/NAME or docker/ID of a container",
                "pid/nginx | write pid/NUMBER of a process",
                "netns/a/b | netns/ and the whole path of its file",
                "local/ | write local/INTERFACE of this machine, as in local/eth0 or local/any",
                "-m exec docker/web | the method exec does not capture container web; for it there are auto, docker, netns, local",
                "docker/web -m exec | the method exec does not capture container web; for it there are auto, docker, netns, local",
                "-m nosuch docker/web | there are auto, exec, ephemeral, node, pod, sidecar, upload, docker, netns, local",
                "-c app docker/web | -c names a container of pods, and no target is one; docker/app captures a container",
                "--without exec docker/web | no target is captured by one with the method exec",
                "--without docker --without netns --without local docker/web | no method is left",
                "--image -x docker/web | must not be blank nor begin with a dash"
            })
    void usage_wrong_exitsTwoAndSaysWhy(String line, String words) {
        assertThat(execute("plan " + line)).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(words);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void methodOfContainers_forAPod_isRefused() throws IOException {
        SmallCluster cluster = new SmallCluster(directory);
        try {
            assertThat(execute("plan -m docker docker/web pod/web")).isEqualTo(2);
        } finally {
            cluster.close();
        }
        assertThat(err.toString())
                .contains("the method docker does not capture pod demo/web; for it there are auto, exec, ephemeral");
    }

    private int execute(String line) {
        return PodCapture.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute((line + " --engine " + engine.docker()).split(" "));
    }
}
