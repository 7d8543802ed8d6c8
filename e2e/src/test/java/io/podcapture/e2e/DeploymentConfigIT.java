package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.EndCause;
import io.podcapture.Leftover;
import io.podcapture.Target;
import io.podcapture.fabric8.Leftovers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sidecar in a DeploymentConfig, in a cluster that has the kind and a stand-in for its controller. */
@OnCluster
class DeploymentConfigIT {
    private static TestCluster cluster;
    private static DeploymentConfigKind kind;

    @TempDir
    private Path directory;

    private final String name = "cart-" + UUID.randomUUID().toString().substring(0, 8);
    private Resource<GenericKubernetesResource> config;
    private DeploymentConfigController controller;
    private GenericKubernetesResource before;

    @BeforeAll
    static void addKind() {
        cluster = TestCluster.withNamespace(Map.of());
        kind = DeploymentConfigKind.addTo(cluster.client());
    }

    @AfterAll
    static void removeKind() {
        if (kind != null) {
            kind.close();
        }
        cluster.close();
    }

    @BeforeEach
    void makeConfig() {
        config = kind.make(cluster.namespace(), name);
        controller = new DeploymentConfigController(cluster.client(), config);
        Awaitility.await("the first version is there")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> Integer.valueOf(1).equals(config.get().<Object>get("status", "availableReplicas")));
        before = config.get();
    }

    @AfterEach
    void removeConfig() {
        controller.close();
        config.delete();
    }

    @Test
    void sidecar_inDeploymentConfig_capturesAllAndLeavesItAsItWas() throws Exception {
        try (CaptureSession session = start("deploymentconfig/")) {
            assertThat(names("containers")).containsExactlyInAnyOrder("tools", "podcapture");
            assertThat(names("volumes")).containsExactlyInAnyOrder("cache", "podcapture-spool");
            String pod = Way.points(session).get(0).attributes().get("pod");
            assertThat(pod).startsWith(name + "-2-");
            cluster.shell(pod, "tools").run(Traffic.DATAGRAMS, 0, 500);
            CaptureResult result = session.stop().requireComplete();
            assertThat(Traffic.numbers(result)).containsOnlyKeys(cluster.namespace() + "/" + pod);
            assertThat(Traffic.numbers(result).get(cluster.namespace() + "/" + pod))
                    .containsExactlyElementsOf(Traffic.range(0, 500));
            assertThat(result.warnings()).isEmpty();
            assertThat(result.leftovers()).isEmpty();
        }
        assertAsBefore();
    }

    @Test
    void template_labelChangedMeanwhile_isAsBeforeButForTheLabel() throws Exception {
        try (CaptureSession session = start("dc/")) {
            config.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"tier\":\"new\"}}}}}");
            CaptureResult result = session.ended().get(60, TimeUnit.SECONDS);
            assertThat(result.points())
                    .singleElement()
                    .satisfies(point -> assertThat(point.endedBy()).isEqualTo(EndCause.POINT_GONE));
        }
        before.<Map<String, String>>get("spec", "template", "metadata", "labels")
                .put("tier", "new");
        assertAsBefore();
    }

    @Test
    void leftovers_afterAKill_areFoundAndTakenOut() throws Exception {
        try (Victim victim = Victim.start(cluster, "deploymentconfig/" + name, "sidecar", false, directory)) {
            victim.awaitReady();
            assertThat(Leftovers.find(cluster.client(), cluster.namespace()).all())
                    .isEmpty();
            victim.kill();
            age(victim.session());
        }
        Leftovers left = Leftovers.find(cluster.client(), cluster.namespace());
        assertThat(left.all())
                .extracting(Leftover::what)
                .containsExactly(
                        "container podcapture in the template of deploymentconfig " + cluster.namespace() + "/" + name);
        assertThat(left.remove()).isEmpty();
        assertAsBefore();
        assertThat(Leftovers.find(cluster.client(), cluster.namespace()).all()).isEmpty();
    }

    // Instead of the minute for which it counts as alive.
    private void age(String session) {
        PatchContext asItself = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("podcapture-" + session)
                .build();
        config.patch(asItself, """
                {"apiVersion": "apps.openshift.io/v1", "kind": "DeploymentConfig", "metadata": {"labels": {
                  "podcapture.io/sidecar": "true", "podcapture.io/session-%s": "1"}}}""".formatted(session));
    }

    private void assertAsBefore() {
        GenericKubernetesResource after = config.get();
        assertThat(after.<Object>get("spec")).isEqualTo(before.get("spec"));
        assertThat(after.getMetadata().getLabels())
                .isEqualTo(before.getMetadata().getLabels());
        assertThat(after.getMetadata().getManagedFields())
                .noneMatch(entry -> entry.getManager().startsWith("podcapture"));
    }

    private List<Object> names(String list) {
        List<Map<String, Object>> all = config.get().get("spec", "template", "spec", list);
        return all.stream().map(each -> each.get("name")).toList();
    }

    private CaptureSession start(String kindOfTarget) {
        return CaptureSession.builder()
                .target(Target.parse(kindOfTarget + name, cluster.namespace()))
                .via(Way.methods(cluster.client()).build().sidecar())
                .writeTo(directory.resolve("config.pcapng"))
                .start();
    }
}
