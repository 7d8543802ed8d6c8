package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.PlannedMethod;
import io.podcapture.Targets;
import io.podcapture.Usability;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the method node says of pods before it makes its own. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
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
    void node_ofWindows_isRefusedWithoutADryRun() {
        grantAll();
        api.serve(
                "GET /api/v1/nodes/node1",
                new NodeBuilder(node(Map.of()))
                        .editStatus()
                        .editNodeInfo()
                        .withOperatingSystem("windows")
                        .endNodeInfo()
                        .endStatus()
                        .build());
        assertThat(node(methods()))
                .returns(Usability.REFUSED, PlannedMethod::usability)
                .returns("node node1 runs on windows, where there is no tcpdump", PlannedMethod::sentence);
        assertThat(api.questions()).doesNotContain(CREATE + " as a dry run");
    }

    @Test
    void node_podThatSelectsWindows_isRefused() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web")
                        .editSpec()
                        .withNodeSelector(Map.of("kubernetes.io/os", "windows"))
                        .endSpec()
                        .build());
        assertThat(node(methods()).sentence()).isEqualTo("the pod runs on windows, where there is no tcpdump");
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
    void node_helperNamespaceDoesNotExist_isRefusedForThisMethodAlone() {
        grantAll();
        api.list("tools", "*", "*");
        api.refuse("POST /api/v1/namespaces/tools/pods", 404, "namespaces \"tools\" not found");
        PlannedMethod node = node(builder().helperNamespace("tools").build());
        assertThat(node).returns(Usability.REFUSED, PlannedMethod::usability);
        assertThat(node.reason()).as("auto goes on after it").hasValue(FailureReason.PROCESS_FAILED);
        assertThat(node.sentence()).startsWith("namespace tools, where the helper pod would be, does not exist; make");
    }

    @Test
    void node_podOfARuntimeClass_isUncertain() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web")
                        .editSpec()
                        .withRuntimeClassName("kata")
                        .endSpec()
                        .build());
        PlannedMethod node = node(methods());
        assertThat(node).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(node.sentence()).startsWith("the pod is run by the runtime class kata; ");
    }

    @Test
    void node_isNotReady_isUncertain() {
        grantAll();
        api.serve(
                "GET /api/v1/nodes/node1",
                new NodeBuilder(node(Map.of()))
                        .editStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("Unknown")
                        .endCondition()
                        .endStatus()
                        .build());
        PlannedMethod node = node(methods());
        assertThat(node).returns(Usability.UNCERTAIN, PlannedMethod::usability);
        assertThat(node.sentence()).startsWith("node node1 is not ready");
    }

    @ParameterizedTest
    @CsvSource({"docker.io/me/tools:1, USABLE", "docker.io/me/other:1, UNCERTAIN"})
    void node_imageIsNeverPulled_isAskedForAtTheNode(String there, Usability usability) {
        grantAll();
        api.serve(
                "GET /api/v1/nodes/node1",
                new NodeBuilder(node(Map.of()))
                        .editStatus()
                        .addNewImage()
                        .withNames(there)
                        .endImage()
                        .endStatus()
                        .build());
        KubernetesMethods methods =
                builder().image("me/tools:1").imagePullPolicy("Never").build();
        assertThat(node(methods).usability()).isEqualTo(usability);
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
