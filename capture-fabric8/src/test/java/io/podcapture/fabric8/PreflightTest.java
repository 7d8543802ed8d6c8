package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePlan;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Usability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the methods of auto say of pods, at a server that answers as Kubernetes does. */
@Timeout(60)
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
    void auto_severalPods_asksOnceForAllOfANamespace() {
        grantAll();
        CapturePlan plan = plan("web", "db");
        assertThat(plan.points()).hasSize(2).allMatch(point -> point.choice().isPresent());
        assertThat(api.questions())
                .filteredOn(question -> question.endsWith("dry run"))
                .hasSize(2);
        assertThat(api.questions()).containsOnlyOnce("list demo", "may I get nodes");
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
                .containsExactly("get pods in demo", "create pods/exec in demo", "get pods/exec in demo");
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
