package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.podcapture.CapturePlan;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Usability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the methods of auto say of pods, at a server that answers as Kubernetes does. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PreflightTest extends PreflightFixture {
    private static final String DENIED = "pods \"web\" is forbidden: violates PodSecurity \"restricted:latest\"";

    @Test
    void auto_allGranted_isUsableButWhatOnlyATryCanTell() {
        grantAll();
        assertThat(plan("web").points().get(0).methods())
                .extracting(method -> method.name() + " " + method.usability())
                .containsExactly(
                        "exec UNCERTAIN", "ephemeral USABLE", "upload UNCERTAIN", "node USABLE", "pod REFUSED");
    }

    @Test
    void auto_allGranted_makesNothingAndLooksOnce() {
        grantAll();
        plan("web");
        assertThat(api.questions())
                .filteredOn(question -> !question.startsWith("GET") && !question.matches("(list|may I) .*"))
                .containsExactlyInAnyOrder(ADD + " as a dry run", CREATE + " as a dry run");
        assertThat(api.questions()).containsOnlyOnce("GET " + PODS + "/web", "GET /api/v1/nodes/node1", "list demo");
    }

    @Test
    void auto_podsOfOneController_asksOnceForAll() {
        grantAll();
        for (String name : List.of("web", "db")) {
            api.serve(
                    "GET " + PODS + "/" + name,
                    Pods.running(name)
                            .editMetadata()
                            .addNewOwnerReference()
                            .withController(true)
                            .withKind("ReplicaSet")
                            .withName("both")
                            .withUid("uid-both")
                            .endOwnerReference()
                            .endMetadata()
                            .build());
        }
        CapturePlan plan = plan("web", "db");
        assertThat(plan.points()).hasSize(2).allMatch(point -> point.choice().isPresent());
        assertThat(api.questions())
                .filteredOn(question -> question.endsWith("dry run"))
                .hasSize(2);
        assertThat(api.questions()).containsOnlyOnce("list demo", "may I get nodes");
    }

    @Test
    void ephemeral_podsUnlike_areAskedEach() {
        grantAll();
        api.refuse(ADD, 403, DENIED);
        CapturePlan plan = plan("web", "db");
        assertThat(method(plan, "ephemeral").usability()).isEqualTo(Usability.REFUSED);
        assertThat(plan.points().get(1).methods().get(1))
                .returns("ephemeral", PlannedMethod::name)
                .returns(Usability.USABLE, PlannedMethod::usability);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409})
    void ephemeral_podGoneOrChangedMeanwhile_isUncertainNotRefused(int code) {
        grantAll();
        api.refuse(ADD, code, "the pod is not what it was");
        PlannedMethod ephemeral = method(plan("web"), "ephemeral");
        assertThat(ephemeral).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(ephemeral.sentence()).contains("the pod is not what it was");
    }

    @Test
    void auto_nothingGranted_isRefusedWithTheRightsAndTriesNothing() {
        CapturePlan plan = plan("web");
        assertThat(plan.feasible()).isFalse();
        assertThat(method(plan, "exec").sentence())
                .isEqualTo("you may not get pods in demo, get pods/exec in demo, create pods/exec in demo");
        assertThat(method(plan, "ephemeral").sentence())
                .startsWith(
                        "you may not get pods in demo, list pods in demo," + " patch pods/ephemeralcontainers in demo");
        assertThat(method(plan, "ephemeral").permissions())
                .extracting(Permission::toString)
                .containsExactly(
                        "get pods in demo",
                        "list pods in demo",
                        "patch pods/ephemeralcontainers in demo",
                        "create pods/exec in demo",
                        "get pods/exec in demo");
        assertThat(method(plan, "node").sentence())
                .as("each right once")
                .isEqualTo("you may not get pods in demo, create pods in demo, list pods in demo,"
                        + " delete pods in demo, get pods/exec in demo, create pods/exec in demo");
        assertThat(api.questions()).noneMatch(question -> question.endsWith("dry run"));
    }

    @Test
    void exec_grantedForThePodByItsName_isNotRefused() {
        api.listFor("web", "demo", "pods", "get");
        api.listFor("web", "demo", "pods/exec", "get", "create");
        assertThat(method(plan("web"), "exec").usability()).isEqualTo(Usability.UNCERTAIN);
        assertThat(method(plan("db"), "exec").usability()).isEqualTo(Usability.REFUSED);
    }

    @Test
    void auto_podSecurityRefuses_saysTheServersWordsAndTheLevel() {
        grantAll();
        api.refuse(ADD, 403, DENIED);
        api.refuse(CREATE, 403, DENIED);
        CapturePlan plan = plan("web");
        assertThat(method(plan, "node").sentence()).contains(DENIED);
        assertThat(method(plan, "node").permissions())
                .contains(new Permission("pod-security", "demo", "admit", "privileged"));
        assertThat(method(plan, "ephemeral").sentence()).contains("as root with NET_RAW: " + DENIED);
        assertThat(method(plan, "ephemeral").permissions())
                .contains(new Permission("pod-security", "demo", "admit", "baseline"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "containerd://1.7.2 | only a try tells",
                "cri-o://1.30.0 | only a try tells: those that CRI-O comes with do not"
            })
    void ephemeral_onlyTheDefaultsAdmitted_isUncertain(String runtime, String end) {
        grantAll();
        api.serve(
                "GET /api/v1/nodes/node1",
                new NodeBuilder(node(Map.of()))
                        .editStatus()
                        .editNodeInfo()
                        .withContainerRuntimeVersion(runtime)
                        .endNodeInfo()
                        .endStatus()
                        .build());
        api.refuseWithout(
                "\"securityContext\":{\"runAsNonRoot\":false,\"runAsUser\":0}",
                ADD,
                403,
                DENIED,
                Pods.running("web").build());
        assertThat(method(plan("web"), "ephemeral"))
                .returns(Usability.UNCERTAIN, PlannedMethod::usability)
                .returns(
                        "a container is admitted as root with the runtime's defaults; whether those hold NET_RAW "
                                + end,
                        PlannedMethod::sentence);
    }

    @Test
    void auto_dryRunIsLost_isUncertainNotRefused() {
        grantAll();
        api.refuse(CREATE, 503, "overloaded");
        assertThat(method(plan("web"), "node"))
                .returns(Usability.UNCERTAIN, PlannedMethod::usability)
                .extracting(PlannedMethod::sentence)
                .asString()
                .contains("overloaded");
    }

    @Test
    void auto_webhookAnswersNoDryRun_isUncertainNotRefused() {
        grantAll();
        api.refuse(ADD, 400, "admission webhook \"policy.example\" does not support dry run");
        api.refuse(CREATE, 400, "admission webhook \"policy.example\" does not support dry run");
        CapturePlan plan = plan("web");
        assertThat(List.of(method(plan, "ephemeral"), method(plan, "node"))).allSatisfy(method -> {
            assertThat(method.usability()).isEqualTo(Usability.UNCERTAIN);
            assertThat(method.sentence()).contains("does not support dry run");
        });
    }

    @Test
    void auto_dryRunIsLost_stillSaysWhatItNeedsAndMakes() {
        grantAll();
        api.refuse(CREATE, 503, "overloaded");
        PlannedMethod node = method(plan("web"), "node");
        assertThat(node.permissions()).extracting(Permission::toString).contains("create pods in demo");
        assertThat(node.creates()).hasSize(1);
    }

    @Test
    void auto_rightsCannotBeAsked_isUncertainAndStillSaysWhatItNeeds() {
        api.refuse("POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews", 503, "overloaded");
        CapturePlan plan = plan("web");
        assertThat(plan.points().get(0).methods())
                .filteredOn(method -> !method.name().equals("pod"))
                .hasSize(4)
                .allSatisfy(method -> {
                    assertThat(method.usability()).isEqualTo(Usability.UNCERTAIN);
                    assertThat(method.sentence()).contains("overloaded");
                });
        assertThat(KubernetesPermissions.of(plan).all())
                .extracting(Permission::toString)
                .as("any of them may be what it is captured with")
                .contains("get pods in demo", "patch pods/ephemeralcontainers in demo", "delete pods in demo");
        assertThat(method(plan, "node").permissions())
                .extracting(Permission::toString)
                .contains("delete pods in demo");
    }

    @Test
    void auto_nodeCannotBeLookedAt_isAskedAllTheSame() {
        grantAll();
        api.refuse("GET /api/v1/nodes/node1", 503, "overloaded");
        assertThat(method(plan("web"), "node").usability()).isEqualTo(Usability.USABLE);
    }
}
