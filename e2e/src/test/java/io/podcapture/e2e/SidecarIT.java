package io.podcapture.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.podcapture.CaptureResult;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@OnCluster
class SidecarIT extends SidecarScenarios {
    private static TestCluster cluster;

    @BeforeAll
    static void makePods() {
        cluster = TestCluster.withWorkloads();
    }

    @AfterAll
    static void removePods() {
        cluster.close();
    }

    @Override
    Stage stage() {
        return cluster;
    }

    @Override
    PodShell shell(String pod, String container) {
        return cluster.shell(pod, container);
    }

    @Override
    void fillSpool(String pod) throws Exception {
        shell(pod, "tools")
                .run("for ((i = 0; i < 400; i++)); do dd bs=20000 count=1 if=/dev/zero 2>/dev/null"
                        + " > /dev/udp/127.0.0.1/9; sleep 0.01; done 2>/dev/null; true");
    }

    @Override
    void assertGaveItsPackets(CaptureResult result) throws Exception {
        PointResult point = result.points().get(0);
        assertThat(point.outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(Traffic.numbers(result).get(point.point().name())).containsExactlyElementsOf(Traffic.range(0, 100));
    }

    @Override
    void makeLasting() {
        Deployment lasting = new DeploymentBuilder(deployment("single"))
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName("lasting")
                .endMetadata()
                .editSpec()
                .withNewSelector()
                .addToMatchLabels("app", "lasting")
                .endSelector()
                .editTemplate()
                .editMetadata()
                .addToLabels("app", "lasting")
                .endMetadata()
                .editSpec()
                .withTerminationGracePeriodSeconds(20L)
                .endSpec()
                .endTemplate()
                .endSpec()
                .withStatus(null)
                .build();
        cluster.client().resource(lasting).create();
        cluster.client()
                .resource(lasting)
                .waitUntilCondition(made -> Readiness.getInstance().isReady(made), 60, TimeUnit.SECONDS);
    }
}
