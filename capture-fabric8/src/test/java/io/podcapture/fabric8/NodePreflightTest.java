package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Targets;
import io.podcapture.Usability;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the method node says of pods before it makes its own. */
@Timeout(60)
class NodePreflightTest extends PreflightFixture {
    @Test
    void node_allGranted_isUsableByAPrivilegedPodOnThatNode() {
        grantAll();
        PlannedMethod node = node(methods());
        assertThat(node)
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("the cluster would admit a privileged pod on node node1", PlannedMethod::sentence);
        assertThat(node.creates())
                .containsExactly("a privileged pod on node node1 in namespace demo, of image "
                        + KubernetesMethods.DEFAULT_IMAGE);
        assertThat(api.body(CREATE))
                .contains("\"privileged\":true")
                .contains("\"hostPID\":true")
                .contains("\"nodeName\":\"node1\"");
    }

    @Test
    void node_staticPod_isUsable() {
        grantAll();
        makeStatic();
        assertThat(node(methods()))
                .returns(Usability.USABLE, PlannedMethod::usability)
                .returns("the cluster would admit a privileged pod on node node1", PlannedMethod::sentence);
    }

    @Test
    void node_podOfWindows_isRefusedWithoutADryRun() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web").editSpec().withNewOs("windows").endSpec().build());
        assertThat(node(methods()))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("the pod runs on windows, where there is no tcpdump", PlannedMethod::sentence);
        assertThat(api.questions()).doesNotContain(CREATE + " as a dry run");
    }

    @Test
    void node_podOfLinux_isUsable() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web").editSpec().withNewOs("linux").endSpec().build());
        assertThat(node(methods())).returns(Usability.USABLE, PlannedMethod::usability);
    }

    @Test
    void node_isVirtual_isRefusedWithoutADryRun() {
        grantAll();
        api.serve("GET /api/v1/nodes/node1", node(Map.of("type", "virtual-kubelet")));
        PlannedMethod node = node(methods());
        assertThat(node).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(node.sentence()).startsWith("node node1 is a virtual one");
        assertThat(api.questions()).doesNotContain(CREATE + " as a dry run");
    }

    @Test
    void node_nodesMayNotBeLookedAt_isUsableAllTheSame() {
        api.list("demo", "*", "*");
        assertThat(node(methods())).returns(Usability.USABLE, PlannedMethod::usability);
        assertThat(api.questions()).doesNotContain("GET /api/v1/nodes/node1");
    }

    @Test
    void node_helperNamespace_needsItsRightsThere() {
        grantAll();
        PlannedMethod node = node(builder().helperNamespace("tools").build());
        assertThat(node.sentence())
                .isEqualTo("you may not create pods in tools, get pods in tools, list pods in tools,"
                        + " delete pods in tools, get pods/exec in tools, create pods/exec in tools");
        assertThat(node.permissions())
                .filteredOn(permission -> permission.scope().equals("demo"))
                .extracting(Permission::toString)
                .containsExactly("get pods in demo");
    }

    private PlannedMethod node(KubernetesMethods methods) {
        return method(plan(methods.node(), Targets.pod("demo", "web")), "node");
    }
}
