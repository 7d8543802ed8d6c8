package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a roll-out is over, for each kind of workload. A text of nothing says that it is. */
class WorkloadSettlingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "replicas: 3 | replicas: 3, updatedReplicas: 1, availableReplicas: 3 | 1 of 3 new pods are there",
                "replicas: 3 | replicas: 3, availableReplicas: 3 | 0 of 3 new pods are there",
                "replicas: 3 | replicas: 5, updatedReplicas: 3, availableReplicas: 5 | 2 old pods are still there",
                "replicas: 3 | replicas: 3, updatedReplicas: 3, availableReplicas: 2 | 2 of 3 new pods are ready",
                "replicas: 3 | replicas: 3, updatedReplicas: 3, availableReplicas: 3 | none",
                "replicas: 3 | replicas: 3, updatedReplicas: 3 | 0 of 3 new pods are ready",
                "paused: false | replicas: 0 | 0 of 1 new pods are there",
                "paused: false | replicas: 1, updatedReplicas: 1, availableReplicas: 1 | none",
                "replicas: 0 | replicas: 1 | 1 old pods are still there",
                "replicas: 0 | replicas: 0 | none"
            })
    void unsettled_ofDeployments_countsNewOldAndReadyPods(String spec, String status, String words) {
        assertThat(unsettled(WorkloadKind.DEPLOYMENT, spec, status)).isEqualTo(Optional.ofNullable(words));
        assertThat(unsettled(WorkloadKind.DEPLOYMENTCONFIG, spec, status)).isEqualTo(Optional.ofNullable(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "replicas: 3 | currentRevision: a, updateRevision: b, updatedReplicas: 1, readyReplicas: 3"
                        + " | 1 of 3 pods are updated",
                "replicas: 3 | currentRevision: a, updateRevision: b, updatedReplicas: 3, readyReplicas: 3"
                        + " | 3 of 3 pods are updated",
                "replicas: 3 | currentRevision: b, updateRevision: b, readyReplicas: 2 | 2 of 3 new pods are ready",
                "replicas: 3 | currentRevision: b, updateRevision: b, readyReplicas: 3 | none",
                "serviceName: db | currentRevision: b, updateRevision: b | 0 of 1 new pods are ready",
                "replicas: 0 | currentRevision: b, updateRevision: b | none"
            })
    void unsettled_ofStatefulSets_comparesRevisions(String spec, String status, String words) {
        assertThat(unsettled(WorkloadKind.STATEFULSET, spec, status)).isEqualTo(Optional.ofNullable(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 | 1 of 3 pods are updated",
                "desiredNumberScheduled: 3, numberAvailable: 3 | 0 of 3 pods are updated",
                "desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 1 | 1 of 3 new pods are ready",
                "desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 | none",
                "desiredNumberScheduled: 0 | none"
            })
    void unsettled_ofDaemonSets_countsNodes(String status, String words) {
        assertThat(unsettled(WorkloadKind.DAEMONSET, "replicas: 7", status)).isEqualTo(Optional.ofNullable(words));
    }

    private static Optional<String> unsettled(WorkloadKind kind, String spec, String status) {
        return Workloads.of(
                        kind,
                        "metadata: {generation: 2}\nspec: {" + spec + "}\nstatus: {observedGeneration: 2, " + status
                                + "}")
                .unsettled();
    }
}
