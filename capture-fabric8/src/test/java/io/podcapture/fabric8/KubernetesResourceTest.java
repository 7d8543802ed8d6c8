package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesResourceTest {
    @ParameterizedTest
    @CsvSource({
        "pods, pods, '', '', pods",
        "pods/exec, pods, '', exec, pods/exec",
        "deployments.apps, deployments, apps, '', deployments",
        "deployments.apps/scale, deployments, apps, scale, deployments/scale",
        "deploymentconfigs.apps.openshift.io, deploymentconfigs, apps.openshift.io, '', deploymentconfigs"
    })
    void parse_asKubectlSpellsIt_isTakenApart(
            String text, String plural, String group, String subresource, String inRules) {
        KubernetesResource resource = KubernetesResource.parse(text);
        assertThat(resource).isEqualTo(new KubernetesResource(plural, group, subresource));
        assertThat(resource.inRules()).isEqualTo(inRules);
    }

    @ParameterizedTest
    @CsvSource({
        "DEPLOYMENT, deployments, apps",
        "STATEFULSET, statefulsets, apps",
        "DAEMONSET, daemonsets, apps",
        "DEPLOYMENTCONFIG, deploymentconfigs, apps.openshift.io"
    })
    void parse_workload_isItsPluralAndGroup(WorkloadKind kind, String plural, String group) {
        assertThat(KubernetesResource.parse(kind.resource())).isEqualTo(new KubernetesResource(plural, group, ""));
    }
}
