package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} takes where, and what a plan says of it before. */
@OnCluster
class AutoIT {
    private static TestCluster free;
    private static TestCluster baseline;
    private static TestCluster restricted;
    private static TestAccount nobody;
    private static TestAccount execOnly;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        free = TestCluster.withNamespace(Map.of());
        free.make("kinds.yaml");
        baseline = TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "baseline"));
        restricted = TestCluster.withNamespace(Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        baseline.make("restricted-pod.yaml");
        restricted.make("restricted-pod.yaml");
        free.awaitReady("non-root", "read-only", "no-shell", "busybox-only", "host-network");
        baseline.awaitReady("web");
        restricted.awaitReady("web");
        nobody = TestAccount.make(free, "nobody");
        execOnly = TestAccount.make(free, "exec-only");
        execOnly.grant("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: exec-only, namespace: %1$s}
                rules:
                - {apiGroups: [""], resources: [pods], verbs: [get, list, watch, create, delete]}
                - {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: exec-only, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: exec-only}
                subjects: [{kind: ServiceAccount, name: exec-only, namespace: %1$s}]
                """.formatted(free.namespace()));
    }

    @AfterAll
    static void removePods() {
        nobody.close();
        execOnly.close();
        restricted.close();
        baseline.close();
        free.close();
    }

    @ParameterizedTest
    @CsvSource({
        "admin, free, pod/read-only, exec",
        "admin, free, pod/non-root, ephemeral",
        "admin, free, pod/no-shell, ephemeral",
        "admin, free, pod/busybox-only, ephemeral",
        "admin, free, pod/host-network, exec",
        "admin, free, node, pod",
        "admin, baseline, pod/web, ephemeral",
        "admin, restricted, pod/web, node",
        "admin without node, restricted, pod/web, NO_USABLE_METHOD",
        "admin preferring node, free, pod/read-only, node",
        "exec-only, free, pod/read-only, exec",
        "exec-only, free, pod/busybox-only, upload",
        "exec-only, free, pod/no-shell, node",
        "nobody, free, pod/read-only, FORBIDDEN"
    })
    void auto_takesTheLeastThatWorks(String who, String where, String target, String expected) {
        TestCluster cluster = cluster(where);
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(target(cluster, target))
                .via(choice(who))
                .filter("udp port 9")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
        if (expected.equals(expected.toUpperCase(java.util.Locale.ROOT))) {
            CaptureException thrown = catchThrowableOfType(CaptureException.class, builder::start);
            assertThat(thrown).isNotNull();
            assertThat(thrown.reason().name()).isEqualTo(expected);
            System.out.println(who + " " + where + " " + target + ": " + thrown.getMessage());
            return;
        }
        CapturePlan plan = builder.plan();
        System.out.println(who + " in " + where + "\n" + plan);
        assertThat(plan.points())
                .singleElement()
                .satisfies(point -> assertThat(point.methods())
                        .filteredOn(method -> method.name().equals(expected))
                        .extracting(PlannedMethod::usability)
                        .doesNotContain(io.podcapture.Usability.REFUSED));
        try (CaptureSession session = builder.start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).singleElement().satisfies(point -> {
                assertThat(point.method()).hasValue(expected);
                System.out.println(point.passedOver());
            });
        }
    }

    private static Target target(TestCluster cluster, String words) {
        return Target.parse(
                words.equals("node")
                        ? "node/" + free.pod("host-network").getSpec().getNodeName()
                        : words,
                cluster.namespace());
    }

    private static TestCluster cluster(String where) {
        return switch (where) {
            case "baseline" -> baseline;
            case "restricted" -> restricted;
            default -> free;
        };
    }

    private static MethodChoice choice(String who) {
        KubernetesClient client =
                switch (who) {
                    case "nobody" -> nobody.client();
                    case "exec-only" -> execOnly.client();
                    default -> free.client();
                };
        KubernetesMethods methods =
                Way.methods(client).helperNamespace(free.namespace()).build();
        MethodChoice auto = methods.auto();
        if (who.endsWith("without node")) {
            return auto.without("node");
        }
        return who.endsWith("preferring node") ? auto.preferring("node") : auto;
    }
}
