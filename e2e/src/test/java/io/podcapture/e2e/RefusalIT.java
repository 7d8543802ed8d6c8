package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podcapture.CaptureException;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be captured says why, in time, and leaves nothing. */
@OnCluster
class RefusalIT {
    private static final String LOOK_FOR_FILES =
            "find / -xdev \\( -path /proc -o -path /sys \\) -prune -o -newer /tmp/before -type f -print 2>/dev/null";

    private static TestCluster cluster;
    private static KubernetesMethods methods;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() throws Exception {
        cluster = TestCluster.withPods();
        methods = KubernetesMethods.builder(cluster.client())
                .image("localhost/tools:1")
                .build();
        cluster.shell("tools", "tools").run("touch /tmp/before");
    }

    @AfterAll
    static void removePods() {
        cluster.close();
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
        assertThat(cluster.shell("tools", "tools").run(LOOK_FOR_FILES)).isEmpty();
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
        KubernetesMethods missing = KubernetesMethods.builder(cluster.client())
                .image("localhost/nosuch:1")
                .build();
        CaptureException thrown = failure(on("tools"), missing.ephemeral(), "");
        assertThat(thrown.reason()).isEqualTo(FailureReason.IMAGE_UNAVAILABLE);
        List<String> entries = cluster.pod("tools").getSpec().getEphemeralContainers().stream()
                .filter(entry -> "localhost/nosuch:1".equals(entry.getImage()))
                .map(entry -> entry.getName())
                .toList();
        assertThat(entries).hasSize(1);
        assertThat(thrown).hasMessageContaining(entries.get(0)).hasMessageContaining("localhost/nosuch:1");
    }

    @Test
    void viewer_mayNotCapture_isToldWhichRight() {
        String token = viewerToken();
        try (KubernetesClient viewer = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(TestCluster.config().getMasterUrl())
                        .withCaCertData(TestCluster.config().getCaCertData())
                        .withOauthToken(token)
                        .build())
                .build()) {
            KubernetesMethods theirs =
                    KubernetesMethods.builder(viewer).image("localhost/tools:1").build();
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
        try (TestCluster baseline =
                TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "baseline"))) {
            makeScratch(baseline, false);
            KubernetesMethods theirs = KubernetesMethods.builder(baseline.client())
                    .image("localhost/tools:1")
                    .build();
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
        try (TestCluster restricted =
                TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "restricted"))) {
            makeScratch(restricted, true);
            KubernetesMethods theirs = KubernetesMethods.builder(restricted.client())
                    .image("localhost/tools:1")
                    .build();
            CaptureException thrown = failure(Targets.pod(restricted.namespace(), "web"), theirs.ephemeral(), "");
            assertThat(thrown.reason()).isEqualTo(FailureReason.POLICY_DENIED);
            assertThat(thrown).hasMessageContaining("violates PodSecurity \"restricted:latest\"");
            assertThat(restricted.pod("web").getSpec().getEphemeralContainers()).isEmpty();
        }
    }

    private static void makeScratch(TestCluster cluster, boolean restricted) {
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
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .resource(pod.build())
                .create();
        cluster.awaitReady("web");
    }

    private static String viewerToken() {
        KubernetesClient client = cluster.client();
        String namespace = cluster.namespace();
        client.load(new java.io.ByteArrayInputStream(
                        """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: viewer}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: viewer}
                rules: [{apiGroups: [""], resources: [pods, pods/log], verbs: [get, list, watch]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: viewer}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: viewer}
                subjects: [{kind: ServiceAccount, name: viewer, namespace: NAMESPACE}]
                """.replace("NAMESPACE", namespace).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName("viewer")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    private static Target on(String pod) {
        return Targets.pod(cluster.namespace(), pod);
    }

    private static MethodChoice choice(String name) {
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
