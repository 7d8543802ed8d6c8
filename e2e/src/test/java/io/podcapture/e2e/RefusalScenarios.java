package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Permission;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be captured says why, in time, and leaves nothing. */
abstract class RefusalScenarios {
    @TempDir
    private Path directory;

    private KubernetesMethods methods;

    /** Where it is played, with the pods of pods.yaml. */
    abstract Stage stage();

    /** Returns an empty stage on the same cluster, in a namespace that enforces a level of Pod Security. */
    abstract Stage enforcing(String level);

    /** Returns which files have been made in pod tools that a hostile filter may have made. */
    abstract String filesMade() throws Exception;

    @BeforeEach
    void makeMethods() {
        methods = stage().methods(stage().client()).build();
    }

    static Stream<String> hostileFilters() {
        return Stream.of(
                "$(touch /tmp/x)",
                "; touch /tmp/x",
                "-z x",
                "-w /x",
                "`touch /tmp/x`",
                "| touch /tmp/x",
                "&& touch /tmp/x",
                "|| touch /tmp/x",
                "> /tmp/x",
                "'; touch /tmp/x; '",
                "\"; touch /tmp/x; \"",
                "\n touch /tmp/x",
                "tcp\n-w /tmp/x",
                "-r /etc/passwd",
                "-F /etc/passwd",
                "-Z root",
                "-G 1 -w /tmp/x",
                "--help",
                "-- -w /tmp/x",
                "-D",
                "$IFS",
                "${PATH}",
                "\\$(touch /tmp/x)",
                "%n%s",
                "tcp) or (udp; touch /tmp/x");
    }

    @ParameterizedTest
    @MethodSource("hostileFilters")
    void filter_hostile_isRejectedAndMakesNoFile(String filter) throws Exception {
        CaptureException thrown = failure(on("tools"), methods.exec(), filter);
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(filesMade()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "ephemeral"})
    void filter_wrong_isRejectedWithTheToolsWords(String method) {
        CaptureException thrown = failure(on("tools"), choice(method), "port no-such-port");
        assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED);
        assertThat(thrown).hasMessageContaining("port no-such-port").hasMessageContaining("unknown port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "ephemeral"})
    void target_missing_isNotFound(String method) {
        assertThat(failure(on("nosuch"), choice(method), "").reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(failure(Targets.pod("nosuch-namespace", "tools"), choice(method), "")
                        .reason())
                .isEqualTo(FailureReason.TARGET_NOT_FOUND);
        CaptureException container = failure(on("tools").container("nosuch"), choice(method), "");
        assertThat(container.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(container).hasMessageContaining("tools");
    }

    @Test
    void exec_podWithoutTool_saysSo() {
        assertThat(failure(on("scratch"), methods.exec(), "").reason()).isEqualTo(FailureReason.TOOL_MISSING);
    }

    @Test
    void ephemeral_imageMissing_namesTheEntryThatStays() {
        KubernetesMethods missing = KubernetesMethods.builder(stage().client())
                .image("localhost/nosuch:1")
                .build();
        CaptureException thrown = failure(on("tools"), missing.ephemeral(), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.IMAGE_UNAVAILABLE);
        List<String> entries = stage().pod("tools").getSpec().getEphemeralContainers().stream()
                .filter(entry -> "localhost/nosuch:1".equals(entry.getImage()))
                .map(entry -> entry.getName())
                .toList();
        assertThat(entries).hasSize(1);
        assertThat(thrown).hasMessageContaining(entries.get(0)).hasMessageContaining("localhost/nosuch:1");
    }

    @Test
    void viewer_mayNotCapture_isToldWhichRight() {
        List<Permission> rights = Stream.of("pods", "pods/log")
                .flatMap(resource -> Stream.of("get", "list", "watch")
                        .map(verb -> new Permission("kubernetes", stage().namespace(), verb, resource)))
                .toList();
        try (KubernetesClient viewer = stage().account("viewer", rights)) {
            KubernetesMethods theirs = stage().methods(viewer).build();
            CaptureException exec = failure(on("tools"), theirs.exec(), "");
            assertThat(exec.reason()).isEqualTo(FailureReason.FORBIDDEN);
            assertThat(exec).hasMessageContaining("create").hasMessageContaining("pods/exec");
            CaptureException ephemeral = failure(on("tools"), theirs.ephemeral(), "");
            assertThat(ephemeral.reason()).isEqualTo(FailureReason.FORBIDDEN);
            assertThat(ephemeral).hasMessageContaining("patch").hasMessageContaining("pods/ephemeralcontainers");
        }
    }

    @Test
    void ephemeral_inBaselineNamespace_works() {
        try (Stage baseline = enforcing("baseline")) {
            makeScratch(baseline, false);
            KubernetesMethods theirs = baseline.methods(baseline.client()).build();
            CaptureSession.builder()
                    .target(Targets.pod(baseline.namespace(), "web"))
                    .via(theirs.ephemeral())
                    .writeTo(directory.resolve("baseline.pcapng"))
                    .start()
                    .stop()
                    .requireComplete();
        }
    }

    @Test
    void ephemeral_inRestrictedNamespace_isDeniedWithTheServersWords() {
        try (Stage restricted = enforcing("restricted")) {
            makeScratch(restricted, true);
            KubernetesMethods theirs = restricted.methods(restricted.client()).build();
            CaptureException thrown = failure(Targets.pod(restricted.namespace(), "web"), theirs.ephemeral(), "");
            assertThat(thrown.reason()).isEqualTo(FailureReason.POLICY_DENIED);
            assertThat(thrown).hasMessageContaining("violates PodSecurity \"restricted:latest\"");
            assertThat(restricted.pod("web").getSpec().getEphemeralContainers()).isEmpty();
        }
    }

    private static void makeScratch(Stage stage, boolean restricted) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("web")
                .withImage("localhost/scratch:1")
                .withImagePullPolicy("IfNotPresent")
                .endContainer()
                .endSpec();
        if (restricted) {
            pod.editSpec()
                    .withNewSecurityContext()
                    .withRunAsNonRoot(true)
                    .withRunAsUser(1000L)
                    .withNewSeccompProfile()
                    .withType("RuntimeDefault")
                    .endSeccompProfile()
                    .endSecurityContext()
                    .editFirstContainer()
                    .withNewSecurityContext()
                    .withAllowPrivilegeEscalation(false)
                    .withNewCapabilities()
                    .addToDrop("ALL")
                    .endCapabilities()
                    .endSecurityContext()
                    .endContainer()
                    .endSpec();
        }
        stage.client()
                .pods()
                .inNamespace(stage.namespace())
                .resource(pod.build())
                .create();
        stage.awaitReady("web");
    }

    private Target on(String pod) {
        return Targets.pod(stage().namespace(), pod);
    }

    private MethodChoice choice(String name) {
        return name.equals("exec") ? methods.exec() : methods.ephemeral();
    }

    // The reason comes within the time that the caller set, and no file stays.
    private CaptureException failure(Target target, MethodChoice choice, String filter) {
        Duration limit = Duration.ofSeconds(30);
        CaptureException thrown = catchThrowableOfType(
                CaptureException.class,
                () -> CaptureSession.builder()
                        .target(target)
                        .via(choice)
                        .filter(filter)
                        .startTimeout(limit)
                        .writeTo(directory.resolve("refused.pcapng"))
                        .start());
        assertThat(thrown).as("a refusal").isNotNull();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("files of a start that failed").isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(thrown.reason()).isNotEqualTo(FailureReason.START_TIMEOUT);
        return thrown;
    }
}
