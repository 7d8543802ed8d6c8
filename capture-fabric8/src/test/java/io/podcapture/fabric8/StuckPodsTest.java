package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class StuckPodsTest {
    @Test
    void isStuck_ownedWithTheVolumeAndNotReady_is() {
        assertThat(StuckPods.isStuck(pod("False").build(), "set")).isTrue();
    }

    @Test
    void isStuck_readyPod_isNot() {
        assertThat(StuckPods.isStuck(pod("True").build(), "set")).isFalse();
    }

    @Test
    void isStuck_podOfAnother_isNot() {
        assertThat(StuckPods.isStuck(pod("False").build(), "another")).isFalse();
    }

    @Test
    void isStuck_podWithoutSidecar_isTheUsersOwnTrouble() {
        assertThat(StuckPods.isStuck(
                        pod("False").editSpec().withVolumes().endSpec().build(), "set"))
                .isFalse();
    }

    @Test
    void isStuck_podThatGoesAlready_isNot() {
        assertThat(StuckPods.isStuck(
                        pod("False")
                                .editMetadata()
                                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                                .endMetadata()
                                .build(),
                        "set"))
                .isFalse();
    }

    private static PodBuilder pod(String ready) {
        return Pods.running("web-0")
                .editMetadata()
                .addNewOwnerReference()
                .withController(true)
                .withUid("set")
                .endOwnerReference()
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName(SidecarContainer.VOLUME)
                .endVolume()
                .endSpec()
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus();
    }
}
