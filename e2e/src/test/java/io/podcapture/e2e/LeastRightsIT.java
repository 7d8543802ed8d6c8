package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights that a plan names suffice, and with one of them less something is amiss. */
@OnCluster
@Tag("waiting")
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
        "sidecar, deployment/single",
        "sidecar, statefulset/web-statefulset"
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
                    .atMost(60, TimeUnit.SECONDS)
                    .ignoreExceptionsInstanceOf(CaptureException.class)
                    .untilAsserted(() -> assertThat(flaw(named, theirs)).isEmpty());
            for (Permission each : needed.all()) {
                account.withhold(each.resource().replaceAll("\\..*", ""), each.action());
                Awaitility.await(method + " without " + each)
                        .atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(flaw(named, theirs))
                                .as(method + " without " + each)
                                .isPresent());
            }
        } finally {
            Leftovers.find(cluster.client(), cluster.namespace()).remove();
        }
    }

    // In words; empty if all went as it should.
    private Optional<String> flaw(Target target, MethodChoice choice) {
        try (CaptureSession session = CaptureSession.builder()
                .target(target)
                .via(choice)
                .startTimeout(Duration.ofSeconds(30))
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                .start()) {
            CaptureResult result = session.stop().requireComplete();
            return Stream.concat(result.warnings().stream(), result.leftovers().stream())
                    .filter(words -> !words.contains("Kubernetes cannot remove"))
                    .findFirst();
        } catch (CaptureException e) {
            assertThat(e.reason()).as(e.getMessage()).isIn(FailureReason.FORBIDDEN, FailureReason.START_TIMEOUT);
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            // What a missing right to delete left has a name that the next try needs.
            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withLabel("podcapture.io/session")
                    .delete();
        }
    }

    private static Target target(String words) {
        return words.equals("node")
                ? Target.parse("node/" + cluster.pod("host-tools").getSpec().getNodeName(), cluster.namespace())
                : Target.parse(words, cluster.namespace());
    }

    private static KubernetesMethods methods(KubernetesClient client) {
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
