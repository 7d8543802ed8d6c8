package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CapturePlan;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.Usability;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the method pod says of nodes, and of pods of its own, before it makes any. */
@Timeout(60)
class PodPreflightTest extends PreflightFixture {
    private static final Target NODE = Targets.node("node1");
    private static final Target ALONE = Targets.debugPod("demo", "alone");
    private static final String GET_NODE = "GET /api/v1/nodes/node1";
    private static final String CREATE_BESIDE = "POST /api/v1/namespaces/default/pods";
    private static final String DENIED = "pods \"podcapture\" is forbidden: violates PodSecurity \"baseline:latest\"";

    @Test
    void node_allGranted_isUsableByAPodInItsNetwork() {
        grantBeside();
        PlannedMethod pod = pod(NODE);
        assertThat(pod)
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("the cluster would admit a pod in the network of node node1", PlannedMethod::sentence);
        assertThat(pod.creates())
                .containsExactly("a pod in the network of node node1 in namespace default, of image "
                        + KubernetesMethods.DEFAULT_IMAGE);
        assertThat(pod.permissions())
                .extracting(Permission::toString)
                .containsExactlyInAnyOrder(
                        "get nodes",
                        "create pods in default",
                        "delete pods in default",
                        "get pods in default",
                        "list pods in default",
                        "create pods/exec in default",
                        "get pods/exec in default");
        assertThat(api.body(CREATE_BESIDE)).contains("\"hostNetwork\":true").contains("\"nodeName\":\"node1\"");
    }

    @Test
    void node_podSecurityRefuses_saysTheServersWordsAndTheLevel() {
        grantBeside();
        api.refuse(CREATE_BESIDE, 403, DENIED);
        PlannedMethod pod = pod(NODE);
        assertThat(pod).returns(Usability.REFUSED, PlannedMethod::usability).returns(DENIED, PlannedMethod::sentence);
        assertThat(pod.permissions()).contains(new Permission("pod-security", "default", "admit", "privileged"));
    }

    @Test
    void node_quotaRefuses_needsNoLabel() {
        grantBeside();
        api.refuse(CREATE_BESIDE, 403, "pods \"podcapture\" is forbidden: exceeded quota: small");
        PlannedMethod pod = pod(NODE);
        assertThat(pod).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(pod.permissions())
                .isNotEmpty()
                .extracting(Permission::system)
                .containsOnly("kubernetes");
    }

    @Test
    void node_noRightOnNodes_isRefusedForItAlone() {
        api.list("default", "*", "*");
        assertThat(pod(NODE))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("you may not get nodes", PlannedMethod::sentence);
        assertThat(api.questions())
                .as("only the resolver looked")
                .containsOnlyOnce(GET_NODE)
                .doesNotContain(CREATE_BESIDE + " as a dry run");
    }

    @Test
    void node_isVirtual_isRefusedWithoutADryRun() {
        grantBeside();
        api.serve(GET_NODE, node(Map.of("type", "virtual-kubelet")));
        PlannedMethod pod = pod(NODE);
        assertThat(pod).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(pod.sentence()).startsWith("node node1 is a virtual one");
        assertThat(api.questions()).doesNotContain(CREATE_BESIDE + " as a dry run");
    }

    @Test
    void node_helperNamespace_isAskedInThat() {
        api.allow("get nodes");
        api.list("tools", "*", "*");
        api.serve("POST /api/v1/namespaces/tools/pods", Pods.running("helper").build());
        PlannedMethod pod =
                method(plan(builder().helperNamespace("tools").build().pod(), NODE), "pod");
        assertThat(pod).returns(Usability.USABLE, PlannedMethod::usability);
        assertThat(pod.permissions())
                .filteredOn(permission -> !permission.resource().equals("nodes"))
                .extracting(Permission::scope)
                .containsOnly("tools");
    }

    @Test
    void debugPod_allGranted_isUsableInItsNamespace() {
        api.list("demo", "*", "*");
        PlannedMethod pod = pod(ALONE);
        assertThat(pod)
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("the cluster would admit pod demo/alone", PlannedMethod::sentence);
        assertThat(pod.permissions())
                .extracting(Permission::toString)
                .containsExactlyInAnyOrder(
                        "create pods in demo",
                        "delete pods in demo",
                        "get pods in demo",
                        "list pods in demo",
                        "create pods/exec in demo",
                        "get pods/exec in demo");
        assertThat(api.body(CREATE)).doesNotContain("hostNetwork", "hostPID", "privileged");
    }

    @Test
    void debugPod_podSecurityRefuses_wantsBaseline() {
        api.list("demo", "*", "*");
        api.refuse(CREATE, 403, DENIED);
        PlannedMethod pod = pod(ALONE);
        assertThat(pod).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(pod.sentence()).contains(DENIED);
        assertThat(pod.permissions()).contains(new Permission("pod-security", "demo", "admit", "baseline"));
    }

    @Test
    void debugPod_onlyNarrowRightsAdmitted_isUsable() {
        api.list("demo", "*", "*");
        api.refuseWithout(
                "\"drop\":[\"ALL\"]",
                CREATE,
                403,
                "admission webhook \"policy.example\" denied the request: drop all",
                Pods.running("alone").build());
        assertThat(pod(ALONE)).returns(Usability.USABLE, PlannedMethod::usability);
    }

    @Test
    void debugPod_onlyTheDefaultsAdmitted_isUsable() {
        api.list("demo", "*", "*");
        api.refuseWithout(
                "\"securityContext\":{\"runAsNonRoot\":false,\"runAsUser\":0}",
                CREATE,
                403,
                DENIED,
                Pods.running("alone").build());
        assertThat(pod(ALONE)).returns(Usability.USABLE, PlannedMethod::usability);
    }

    @Test
    void debugPod_byTheOthers_isRefused() {
        api.list("demo", "*", "*");
        CapturePlan plan = plan(methods().auto(), ALONE);
        assertThat(plan.points().get(0).choice()).hasValue(method(plan, "pod"));
        assertThat(plan.points().get(0).methods())
                .filteredOn(method -> !method.name().equals("pod"))
                .hasSize(4)
                .allSatisfy(method -> assertThat(method.sentence()).startsWith("it is no pod"));
    }

    @Test
    void pod_anyOther_isRefusedAndNothingAsked() {
        grantAll();
        assertThat(pod(Targets.pod("demo", "web")))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("it sees the network of a node, or its own, not a pod's", PlannedMethod::sentence);
        assertThat(api.questions()).containsExactly("GET " + PODS + "/web");
    }

    private PlannedMethod pod(Target target) {
        return method(plan(methods().pod(), target), "pod");
    }

    /** Lets the caller do all in the namespace of the context, where pods for nodes are made. */
    private void grantBeside() {
        api.list("default", "*", "*");
        api.allow("get nodes");
        api.serve(CREATE_BESIDE, Pods.running("helper").build());
    }
}
