package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.podcapture.CapturePlan;
import io.podcapture.Target;
import io.podcapture.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many questions a plan of many pods costs. */
@Timeout(60)
class PreflightQuestionsTest extends PreflightFixture {
    private static final int COUNT = 6;
    private static final int NODES = 3;

    /** The rules of the namespace, the right to look at nodes, a dry run of either kind of helper. */
    private static final int SHARED = 4;

    private final List<Pod> pods = new ArrayList<>();

    @BeforeEach
    void spread() {
        grantAll();
        for (int i = 0; i < COUNT; i++) {
            String node = "node" + (i % NODES + 1);
            Pod pod = Pods.running("web-" + i)
                    .editSpec()
                    .withNodeName(node)
                    .endSpec()
                    .build();
            pods.add(pod);
            api.serve("GET " + PODS + "/web-" + i, pod);
            api.serve("PATCH " + PODS + "/web-" + i + "/ephemeralcontainers", pod);
            api.serve("GET /api/v1/nodes/" + node, node(node, Map.of()));
        }
    }

    @Test
    void auto_podsByName_asksOncePerPodAndNode() {
        CapturePlan plan = plan(
                methods().auto(),
                pods.stream()
                        .map(pod -> Targets.pod("demo", pod.getMetadata().getName()))
                        .toArray(Target[]::new));
        assertThat(plan.points()).hasSize(COUNT);
        assertThat(plan.feasible()).isTrue();
        assertThat(api.questions()).doesNotHaveDuplicates().hasSize(COUNT + NODES + SHARED);
    }

    @Test
    void auto_podsOfANamespace_areNotLookedAtAgain() {
        api.serve("GET " + PODS, new PodListBuilder().withItems(pods).build());
        CapturePlan plan = plan(methods().auto(), Targets.namespace("demo"));
        assertThat(plan.points()).hasSize(COUNT);
        assertThat(plan.feasible()).isTrue();
        assertThat(api.questions()).doesNotHaveDuplicates().hasSize(1 + NODES + SHARED);
    }
}
