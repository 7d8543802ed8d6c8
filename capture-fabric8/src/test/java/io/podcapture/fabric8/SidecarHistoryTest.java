package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarHistoryTest {
    private static final String DEPLOYMENT = "uid-of-deployment";

    @Test
    void isOurs_emptyRevisionOfTheDeploymentWithTheVolume_is() {
        assertThat(SidecarHistory.isOurs(revision().build(), DEPLOYMENT)).isTrue();
    }

    @Test
    void isOurs_revisionWithoutTheVolume_isTheUsers() {
        ReplicaSet without = revision()
                .editSpec()
                .editTemplate()
                .editSpec()
                .removeMatchingFromVolumes(volume -> SidecarContainer.VOLUME.equals(volume.getName()))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        assertThat(without.getSpec().getTemplate().getSpec().getVolumes()).hasSize(1);
        assertThat(SidecarHistory.isOurs(without, DEPLOYMENT)).isFalse();
    }

    @Test
    void isOurs_equalRevisionOfAnotherDeployment_isNot() {
        assertThat(SidecarHistory.isOurs(revision().build(), "uid-of-another")).isFalse();
    }

    @Test
    void isOurs_deploymentThatOwnsWithoutControlling_isNot() {
        ReplicaSet owned = revision()
                .editMetadata()
                .editFirstOwnerReference()
                .withController(false)
                .endOwnerReference()
                .endMetadata()
                .build();
        assertThat(SidecarHistory.isOurs(owned, DEPLOYMENT)).isFalse();
        ReplicaSet nobodys =
                revision().editMetadata().withOwnerReferences().endMetadata().build();
        assertThat(SidecarHistory.isOurs(nobodys, DEPLOYMENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "1, 1", ", 0", "0, "})
    void isOurs_revisionThatHasPodsOrShallHaveSome_isNot(Integer wanted, Integer there) {
        ReplicaSet used = revision()
                .editSpec()
                .withReplicas(wanted)
                .endSpec()
                .editStatus()
                .withReplicas(there)
                .endStatus()
                .build();
        assertThat(SidecarHistory.isOurs(used, DEPLOYMENT)).isFalse();
    }

    private static ReplicaSetBuilder revision() {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("web-5d4f")
                .addNewOwnerReference()
                .withController(true)
                .withKind("Deployment")
                .withName("web")
                .withUid(DEPLOYMENT)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewTemplate()
                .withNewSpec()
                .addNewVolume()
                .withName("cache")
                .endVolume()
                .addNewVolume()
                .withName(SidecarContainer.VOLUME)
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReplicas(0)
                .endStatus();
    }
}
