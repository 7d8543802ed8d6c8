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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights that a plan names suffice, and with one of them less something is amiss, which names the right. */
abstract class LeastRightsScenarios {
    @TempDir
    private Path directory;

    /** Where it is played, with the workloads of workloads.yaml. */
    abstract Stage stage();

    /** Returns how long a start that lacks a right may take. */
    abstract Duration startTimeout();

    static Stream<Arguments> methodsAndTargets() {
        return Stream.of(
                Arguments.of("exec", "pod/tools"),
                Arguments.of("ephemeral", "pod/scratch"),
                Arguments.of("upload", "pod/web-sidecar"),
                Arguments.of("node", "pod/tools"),
                Arguments.of("node", "deployment/single"),
                Arguments.of("pod", "node"),
                Arguments.of("pod", "debugpod/alone"),
                Arguments.of("sidecar", "deployment/single"),
                Arguments.of("sidecar", "statefulset/web-statefulset"));
    }

    @ParameterizedTest
    @MethodSource("methodsAndTargets")
    void rights_ofAPlan_sufficeAndNoneIsTooMany(String method, String target) {
        Target named = target(target);
        CapturePlan plan = CaptureSession.builder()
                .target(named)
                .via(choice(methods(stage().client()), method))
                .plan();
        KubernetesPermissions needed = KubernetesPermissions.of(plan, method);
        try (Grantee account =
                stage().grantee(method + "-" + UUID.randomUUID().toString().substring(0, 6), needed)) {
            // The authorizer of the API server learns of it a little later.
            Awaitility.await("the rights suffice")
                    .atMost(60, TimeUnit.SECONDS)
                    .ignoreExceptionsInstanceOf(CaptureException.class)
                    .untilAsserted(() ->
                            assertThat(flaws(named, theirs(account, method))).isEmpty());
            for (Permission each : needed.all()) {
                account.withhold(each);
                Awaitility.await(method + " without " + each)
                        .atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(flaws(named, theirs(account, method)))
                                .as(method + " without " + each)
                                .anyMatch(words -> isMissedIn(words, each)));
            }
        } finally {
            Leftovers.find(stage().client(), stage().namespace()).remove();
        }
    }

    // By the API server, or by us where it does not say; a resource's group is not always told.
    private static boolean isMissedIn(String words, Permission right) {
        String resource = Pattern.quote(right.resource().replaceFirst("\\..*", ""));
        return Pattern.compile("cannot " + right.action() + " resource \"" + resource + "\"" + "|needed is (\\w+ and )?"
                        + right.action() + "( and \\w+)? on " + resource + "(?![\\w/])")
                .matcher(words)
                .find();
    }

    // In words; none if all went as it should.
    private List<String> flaws(Target target, MethodChoice choice) {
        try (CaptureSession session = CaptureSession.builder()
                .target(target)
                .via(choice)
                .startTimeout(startTimeout())
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"))
                .start()) {
            CaptureResult result = session.stop().requireComplete();
            return Stream.concat(result.warnings().stream(), result.leftovers().stream())
                    .filter(words -> !words.contains("Kubernetes cannot remove"))
                    .toList();
        } catch (CaptureException e) {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(FailureReason.FORBIDDEN);
            return List.of(String.valueOf(e.getMessage()));
        } finally {
            // What a missing right to delete left has a name that the next try needs.
            stage().client()
                    .pods()
                    .inNamespace(stage().namespace())
                    .withLabel("podcapture.io/session")
                    .list()
                    .getItems()
                    .forEach(pod -> stage().client().resource(pod).delete());
        }
    }

    private Target target(String words) {
        return words.equals("node")
                ? Target.parse("node/" + stage().pod("host-tools").getSpec().getNodeName(), stage().namespace())
                : Target.parse(words, stage().namespace());
    }

    private MethodChoice theirs(Grantee account, String method) {
        return choice(methods(account.client()), method);
    }

    private KubernetesMethods methods(KubernetesClient client) {
        return stage().methodsWithTcpdump(client)
                .helperNamespace(stage().namespace())
                .build();
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
