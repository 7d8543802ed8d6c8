package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.podcapture.CapturePlan;
import io.podcapture.Usability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pods and nodes are like that some methods cannot capture on. */
@Timeout(60)
class PreflightRefusalTest extends PreflightFixture {
    @Test
    void auto_noRawSocketsInTheContainers_isRefusedInThemOnly() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web")
                        .editSpec()
                        .editFirstContainer()
                        .withNewSecurityContext()
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .endSecurityContext()
                        .endContainer()
                        .endSpec()
                        .build());
        CapturePlan plan = plan("web");
        assertThat(List.of(method(plan, "exec"), method(plan, "upload")))
                .allSatisfy(method -> assertThat(method.sentence()).contains("do not hold NET_RAW"));
        assertThat(plan.points().get(0).choice()).hasValue(method(plan, "ephemeral"));
    }

    @Test
    void auto_staticPod_refusesTheEphemeralContainer() {
        grantAll();
        makeStatic();
        CapturePlan plan = plan("web");
        assertThat(method(plan, "ephemeral").sentence()).startsWith("it is a static pod");
        assertThat(method(plan, "node").usability()).isEqualTo(Usability.USABLE);
        assertThat(api.questions()).doesNotContain(ADD + " as a dry run");
    }

    @Test
    void auto_podOfWindows_isRefusedByAll() {
        grantAll();
        api.serve(
                "GET " + PODS + "/web",
                Pods.running("web").editSpec().withNewOs("windows").endSpec().build());
        assertThat(plan("web").points().get(0).methods())
                .filteredOn(method -> !method.name().equals("pod"))
                .hasSize(4)
                .allSatisfy(method ->
                        assertThat(method.sentence()).isEqualTo("the pod runs on windows, where there is no tcpdump"));
    }

    @Test
    void auto_virtualNode_refusesHelpersThere() {
        grantAll();
        api.serve("GET /api/v1/nodes/node1", node(Map.of("type", "virtual-kubelet")));
        CapturePlan plan = plan("web");
        assertThat(List.of(method(plan, "ephemeral"), method(plan, "node")))
                .allSatisfy(method -> assertThat(method.sentence()).startsWith("node node1 is a virtual one"));
        assertThat(api.questions()).noneMatch(question -> question.endsWith("dry run"));
    }

    @Test
    void upload_nodeOfAnotherArchitecture_isRefused() {
        grantAll();
        api.serve(
                "GET /api/v1/nodes/node1",
                new NodeBuilder(node(Map.of()))
                        .editStatus()
                        .editNodeInfo()
                        .withArchitecture("riscv64")
                        .endNodeInfo()
                        .endStatus()
                        .build());
        assertThat(method(plan("web"), "upload").sentence())
                .isEqualTo("its node is of architecture riscv64, for which no static tcpdump was given");
    }
}
