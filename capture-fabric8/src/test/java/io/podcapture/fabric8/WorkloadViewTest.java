package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.podcapture.FailureReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadViewTest {
    private static final String REPLICA_FAILURE = "{type: ReplicaFailure, status: 'True', reason: FailedCreate, ";

    @Test
    void metadata_asTold_isRead() {
        WorkloadView view = view("metadata: {resourceVersion: '17', uid: u-1, labels: {app: web}}");
        assertThat(view.resourceVersion()).isEqualTo("17");
        assertThat(view.uid()).isEqualTo("u-1");
        assertThat(view.labels()).containsOnly(entry("app", "web"));
        assertThat(view("metadata: {}").labels()).isEmpty();
    }

    @Test
    void selector_ofLabels_leavesExpressionsOut() {
        assertThat(view("metadata: {}\nspec: {selector: {matchLabels: {app: web},"
                                + " matchExpressions: [{key: tier, operator: Exists}]}}")
                        .selector())
                .hasSize(1)
                .containsEntry("app", "web");
    }

    @Test
    void selector_ofOpenShift_isJustLabels() {
        assertThat(view("metadata: {}\nspec: {selector: {app: web, deploymentconfig: web}}")
                        .selector())
                .hasSize(2)
                .containsEntry("deploymentconfig", "web");
        assertThat(view("metadata: {}").selector()).isEmpty();
    }

    @Test
    void containers_withName_areAlsoInitContainers() {
        WorkloadView view = Workloads.withPods(
                "{containers: [{name: app}, {name: podcapture, image: a}], initContainers: [{name: podcapture, image: b}]}");
        assertThat(each("image", view.containers("podcapture"))).containsExactly("a", "b");
        assertThat(each("name", view.containers())).containsExactly("app", "podcapture", "podcapture");
        assertThat(view.template().get("spec")).isNotNull();
        assertThat(view("metadata: {}").containers("podcapture")).isEmpty();
        assertThat(view("metadata: {}").template()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{paused: false}",
                "{strategy: {type: Recreate}}",
                "{updateStrategy: {type: RollingUpdate}}",
                "{updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}}",
                "{updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}}"
            })
    void refusal_ofWhatRollsOutByItself_isNone(String spec) {
        assertThat(view("metadata: {}\nspec: " + spec).refusal()).isEmpty();
        assertThat(view("metadata: {}").refusal()).isEmpty();
        assertThat(view("metadata: {}\nspec: {triggers: [{type: ImageChange}, {type: ConfigChange}]}")
                        .refusal())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{paused: true}|its roll-out is paused; resume it",
                "{updateStrategy: {type: OnDelete}}|its update strategy is OnDelete, so its pods keep what they have until"
                        + " somebody deletes them",
                "{updateStrategy: {rollingUpdate: {partition: 2}}}|its roll-out is partitioned at 2, so the pods below keep"
                        + " what they have",
                "{triggers: [{type: ImageChange}]}|it has no trigger ConfigChange, so a change is not rolled out by itself",
                "{triggers: []}|it has no trigger ConfigChange, so a change is not rolled out by itself",
                "{paused: true, updateStrategy: {type: OnDelete}}|its roll-out is paused; resume it"
            })
    void refusal_ofWhatDoesNotRollOut_saysWhy(String spec, String why) {
        assertThat(view("metadata: {}\nspec: " + spec).refusal()).hasValue(why);
    }

    @ParameterizedTest
    @CsvSource({
        "POLICY_DENIED, pods is forbidden: exceeded quota",
        "POLICY_DENIED, violates PodSecurity restricted",
        "FORBIDDEN, pods is forbidden: cannot create resource"
    })
    void trouble_podsAreRefused_tellsPoliciesFromRights(FailureReason reason, String words) {
        assertThat(troubled(1, REPLICA_FAILURE + "message: '" + words + "'}").trouble())
                .hasValue(new WorkloadView.Trouble(reason, "FailedCreate: " + words));
    }

    @Test
    void trouble_noProgress_isAFailure() {
        assertThat(troubled(
                                1,
                                "{type: Available, status: 'False', reason: Few, message: few},"
                                        + " {type: Progressing, status: 'False', reason: Late, message: timed out}")
                        .trouble())
                .hasValue(new WorkloadView.Trouble(FailureReason.PROCESS_FAILED, "Late: timed out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: Progressing, status: 'True', reason: a, message: b}",
                "{type: Progressing, status: Unknown, reason: a, message: b}",
                "{type: ReplicaFailure, status: 'False', reason: a, message: b}",
                "{type: Available, status: 'False', reason: a, message: b}",
                ""
            })
    void trouble_otherConditions_isNone(String conditions) {
        assertThat(troubled(1, conditions).trouble()).isEmpty();
    }

    @Test
    void trouble_ofWhatWasThereBeforeTheChange_isNone() {
        String late = "{type: Progressing, status: 'False', reason: Late, message: timed out}";
        assertThat(troubled(2, late).trouble()).isEmpty();
        assertThat(troubled(1, late).trouble()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void unsettled_changeNotSeen_isTrueOfAllKinds(WorkloadKind kind) {
        String status = "\nspec: {replicas: 0}\nstatus: {observedGeneration: 4}";
        assertThat(Workloads.of(kind, "metadata: {generation: 5}" + status).unsettled())
                .hasValue("its controller has not seen the change yet");
        assertThat(Workloads.of(kind, "metadata: {generation: 5}").unsettled()).isPresent();
        assertThat(Workloads.of(kind, "metadata: {generation: 4}" + status).unsettled())
                .isEmpty();
    }

    private static List<String> each(String key, Stream<Map<?, ?>> containers) {
        return containers.map(container -> String.valueOf(container.get(key))).toList();
    }

    private static WorkloadView troubled(int generation, String conditions) {
        return view("metadata: {generation: " + generation + "}\nstatus: {observedGeneration: 1, conditions: ["
                + conditions + "]}");
    }

    private static WorkloadView view(String yaml) {
        return Workloads.of(WorkloadKind.DEPLOYMENT, yaml);
    }
}
