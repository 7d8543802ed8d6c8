package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
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
    void isStuck_sidecarRuns_isTheUsersOwnTrouble() {
        PodBuilder running = pod("False")
                .editStatus()
                .withContainerStatuses(Pods.runs(SidecarContainer.NAME))
                .endStatus();
        assertThat(StuckPods.isStuck(running.build(), "set")).isFalse();
    }

    @Test
    void isStuck_sidecarRanOnce_isNot() {
        PodBuilder restarted = pod("False")
                .editStatus()
                .withContainerStatuses(
                        new ContainerStatusBuilder(Pods.waits(SidecarContainer.NAME, "CrashLoopBackOff", ""))
                                .withRestartCount(1)
                                .build())
                .endStatus();
        assertThat(StuckPods.isStuck(restarted.build(), "set")).isFalse();
    }

    @Test
    void isStuck_sidecarWaitsForItsImage_is() {
        PodBuilder waiting = pod("False")
                .editStatus()
                .withContainerStatuses(Pods.waits(SidecarContainer.NAME, "ErrImagePull", ""))
                .endStatus();
        assertThat(StuckPods.isStuck(waiting.build(), "set")).isTrue();
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
