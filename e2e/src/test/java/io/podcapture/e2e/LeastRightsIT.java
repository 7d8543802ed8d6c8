package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Permission;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import io.podcapture.fabric8.KubernetesPermissions;
import io.podcapture.fabric8.Leftovers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights that a plan names suffice, and with one of them less something is amiss. */
@OnCluster
class LeastRightsIT {
    private static TestCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "exec, pod/tools",
        "ephemeral, pod/scratch",
        "upload, pod/web-sidecar",
        "node, pod/tools",
        "node, deployment/single",
        "pod, node",
        "pod, debugpod/alone",
        "sidecar, deployment/single"
    })
    void rights_ofAPlan_sufficeAndNoneIsTooMany(String method, String target) {
        Target named = target(target);
        CapturePlan plan = CaptureSession.builder()
                .target(named)
                .via(choice(methods(cluster.client()), method))
                .plan();
        KubernetesPermissions needed = KubernetesPermissions.of(plan, method);
        try (TestAccount account = TestAccount.make(
                cluster, method + "-" + UUID.randomUUID().toString().substring(0, 6))) {
            account.grant(needed.yamlFor(cluster.namespace(), account.name()));
            MethodChoice theirs = choice(methods(account.client()), method);
            // The authorizer of the API server learns of it a little later.
            Awaitility.await("the rights suffice")
                    .atMost(20, TimeUnit.SECONDS)
                    .ignoreExceptionsInstanceOf(CaptureException.class)
                    .untilAsserted(() -> assertThat(isFlawless(named, theirs)).isTrue());
            for (Permission each : needed.all()) {
                account.withhold(each.resource().replaceAll("\\..*", ""), each.action());
                Awaitility.await(method + " without " + each)
                        .atMost(10, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(isFlawless(named, theirs)).isFalse());
            }
        } finally {
            Leftovers.find(cluster.client(), cluster.namespace()).remove();
        }
    }

    private boolean isFlawless(Target target, MethodChoice choice) {
        try (CaptureSession session = CaptureSession.builder()
                .target(target)
                .via(choice)
                .startTimeout(Duration.ofSeconds(30))
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                .start()) {
            CaptureResult result = session.stop();
            return result.requireComplete().warnings().isEmpty()
                    && result.leftovers().stream().allMatch(left -> left.contains("Kubernetes cannot remove"));
        } catch (CaptureException e) {
            assertThat(e.reason()).isIn(FailureReason.FORBIDDEN, FailureReason.START_TIMEOUT);
            return false;
        }
    }

    private static Target target(String words) {
        return words.equals("node")
                ? Target.parse("node/" + cluster.pod("host-tools").getSpec().getNodeName(), cluster.namespace())
                : Target.parse(words, cluster.namespace());
    }

    private static KubernetesMethods methods(io.fabric8.kubernetes.client.KubernetesClient client) {
        return Way.methods(client).helperNamespace(cluster.namespace()).build();
    }

    private static MethodChoice choice(KubernetesMethods methods, String method) {
        return switch (method) {
            case "exec" -> methods.exec();
            case "ephemeral" -> methods.ephemeral();
            case "upload" -> methods.upload();
            case "node" -> methods.node();
            case "pod" -> methods.pod();
            default -> methods.sidecar();
        };
    }
}
