package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodStatusTest {
    private static final String LONG_AGO = "2001-01-01T00:00:00Z";

    private final Map<String, Object> pod =
            Json.copy(Manifests.pod("shop", "cart", "a", "10.0.0.1", Map.of(), Map.of("app", SimulatedImage.TOOLS)));

    @BeforeEach
    void age() {
        Fields.items(pod, "status", "conditions").forEach(each -> each.put("lastTransitionTime", LONG_AGO));
    }

    @Test
    void settle_theSameAgain_keepsTheTimeOfTheTransition() {
        PodStatus.settle(pod);
        assertThat(condition("Ready")).containsEntry("status", "True").containsEntry("lastTransitionTime", LONG_AGO);
    }

    @Test
    void settle_otherwise_isATransition() {
        state(Map.of("waiting", Map.of()));
        PodStatus.settle(pod);
        assertThat(condition("Ready"))
                .containsEntry("status", "False")
                .containsEntry("reason", "ContainersNotReady")
                .doesNotContainEntry("lastTransitionTime", LONG_AGO);
    }

    @Test
    void settle_conditionsOfOthers_stay() {
        Conditions.put(pod, "PodScheduled", "True", "", "");
        PodStatus.settle(pod);
        assertThat(condition("PodScheduled")).containsEntry("status", "True");
    }

    @Test
    void settle_ofAPodThatIsRestarted_isNotOver() {
        state(Map.of("terminated", Map.of("exitCode", 0)));
        PodStatus.settle(pod);
        assertThat(Json.text(pod, "spec", "restartPolicy")).isEqualTo("Always");
        assertThat(Json.text(pod, "status", "phase")).isEqualTo("Running");
        Json.within(pod, "spec").put("restartPolicy", "Never");
        PodStatus.settle(pod);
        assertThat(Json.text(pod, "status", "phase")).isEqualTo("Succeeded");
        assertThat(condition("Ready")).containsEntry("reason", "PodCompleted");
    }

    @Test
    void evict_tellsTheReasonAndThatNothingRuns() {
        PodStatus.evict(pod, "low on memory");
        assertThat(Fields.map(pod, "status"))
                .containsEntry("phase", "Failed")
                .containsEntry("reason", "Evicted")
                .containsEntry("message", "low on memory");
        assertThat(condition("Ready")).containsEntry("status", "False").containsEntry("reason", "PodFailed");
        assertThat(condition("DisruptionTarget")).containsEntry("reason", "TerminationByKubelet");
        assertThat(Fields.items(pod, "status", "containerStatuses"))
                .singleElement()
                .satisfies(app -> {
                    assertThat(app).containsEntry("ready", false);
                    assertThat(Fields.map(app, "state")).containsOnlyKeys("terminated");
                });
    }

    @Test
    void workloadStatus_anotherReason_isNoTransition() {
        ObjectStore store = new ObjectStore();
        Map<String, Object> deployment = Workloads.deployment("shop", "cart", 1, new PodOptions());
        deployment.put(
                "status",
                Map.of(
                        "conditions",
                        List.of(
                                Map.of(
                                        "type",
                                        "Progressing",
                                        "status",
                                        "True",
                                        "reason",
                                        "A",
                                        "lastTransitionTime",
                                        LONG_AGO),
                                Map.of("type", "Available", "status", "False", "lastTransitionTime", LONG_AGO))));
        Map<String, Object> before = store.add("deployments.apps", deployment);
        new WorkloadStatus(before)
                .condition("Progressing", true, "B", "on")
                .condition("Available", true, "C", "off")
                .tell(store);
        List<Map<String, Object>> after =
                Fields.items(store.find("deployments.apps", "shop", "cart").orElseThrow(), "status", "conditions");
        assertThat(after.get(0)).containsEntry("reason", "B").containsEntry("lastTransitionTime", LONG_AGO);
        assertThat(after.get(1)).doesNotContainEntry("lastTransitionTime", LONG_AGO);
    }

    private void state(Map<String, Object> state) {
        Fields.items(pod, "status", "containerStatuses").get(0).put("state", state);
    }

    private Map<String, Object> condition(String type) {
        return Fields.items(pod, "status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .findFirst()
                .orElseThrow();
    }
}
