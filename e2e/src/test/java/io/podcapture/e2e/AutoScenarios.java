package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.CapturePlan;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.fabric8.KubernetesMethods;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} takes where, and what a plan says of it before. */
abstract class AutoScenarios {
    private static KubernetesClient nobody;
    private static KubernetesClient execOnly;

    @TempDir
    private Path directory;

    /**
     * Where it is played.
     *
     * @param level of Pod Security that is enforced; {@code free} if none is
     */
    abstract Stage stage(String level);

    /** Tells whoever reads the log of a run. */
    void tell(Object words) {}

    /** Makes what is played with. */
    static void makePods(Stage free, Stage baseline, Stage restricted) {
        free.make("kinds.yaml");
        baseline.make("restricted-pod.yaml");
        restricted.make("restricted-pod.yaml");
        free.awaitReady("non-root", "read-only", "no-shell", "busybox-only", "host-network");
        baseline.awaitReady("web");
        restricted.awaitReady("web");
        nobody = free.account("nobody", List.of());
        execOnly = free.account(
                "exec-only",
                Stream.of(
                                "get pods",
                                "list pods",
                                "watch pods",
                                "create pods",
                                "delete pods",
                                "get pods/exec",
                                "create pods/exec")
                        .map(right -> right.split(" "))
                        .map(right -> new Permission("kubernetes", free.namespace(), right[0], right[1]))
                        .toList());
    }

    @AfterAll
    static void closeClients() {
        nobody.close();
        execOnly.close();
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
        Stage stage = stage(where);
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(target(stage, target))
                .via(choice(who))
                .filter("udp port 9")
                .writeTo(directory.resolve(UUID.randomUUID() + ".pcapng"));
        if (expected.equals(expected.toUpperCase(java.util.Locale.ROOT))) {
            CaptureException thrown = catchThrowableOfType(CaptureException.class, builder::start);
            assertThat(thrown).isNotNull();
            assertThat(thrown.reason().name()).isEqualTo(expected);
            tell(who + " " + where + " " + target + ": " + thrown.getMessage());
            return;
        }
        CapturePlan plan = builder.plan();
        tell(who + " in " + where + "\n" + plan);
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
                tell(point.passedOver());
            });
        }
    }

    private Target target(Stage stage, String words) {
        return Target.parse(
                words.equals("node")
                        ? "node/" + stage("free").pod("host-network").getSpec().getNodeName()
                        : words,
                stage.namespace());
    }

    private MethodChoice choice(String who) {
        Stage free = stage("free");
        KubernetesClient client =
                switch (who) {
                    case "nobody" -> nobody;
                    case "exec-only" -> execOnly;
                    default -> free.client();
                };
        KubernetesMethods methods = free.methodsWithTcpdump(client)
                .helperNamespace(free.namespace())
                .build();
        MethodChoice auto = methods.auto();
        if (who.endsWith("without node")) {
            return auto.without("node");
        }
        return who.endsWith("preferring node") ? auto.preferring("node") : auto;
    }
}
