package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodViewTest {
    @Test
    void point_ofPod_hasUidAsIdAndAllAddresses() {
        CapturePoint point = new PodView(Pods.running("web").build()).point("east", Optional.of("app"));
        assertThat(point.id()).isEqualTo("uid-web");
        assertThat(point.name()).isEqualTo("demo/web");
        assertThat(point.place()).isEqualTo("east");
        assertThat(point.attributes())
                .containsEntry("namespace", "demo")
                .containsEntry("pod", "web")
                .containsEntry("node", "node1")
                .containsEntry("ip", "10.0.0.7,fd00::7")
                .containsEntry("uid", "uid-web")
                .containsEntry("container", "app")
                .doesNotContainKey("hostNetwork");
        assertThat(PodName.of(point)).isEqualTo(new PodName("demo", "web"));
    }

    @Test
    void point_ofPodInTheNodesNetwork_saysSo() {
        Pod pod =
                Pods.running("proxy").editSpec().withHostNetwork(true).endSpec().build();
        assertThat(new PodView(pod).point("", Optional.empty()).attributes()).containsEntry("hostNetwork", "true");
    }

    @Test
    void podName_ofForeignPoint_isUnsupported() {
        CapturePoint node = CapturePoint.builder("uid-1", "node/worker-1")
                .attribute("node", "worker-1")
                .build();
        assertThatThrownBy(() -> PodName.of(node))
                .hasMessage("it is no pod; use the method pod for a node's own traffic")
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED));
    }

    @Test
    void runningContainers_ofAllSorts_areInOrderAndWithoutOurs() {
        Pod pod = Pods.running("web")
                .editSpec()
                .addNewContainer()
                .withName("crashing")
                .endContainer()
                .addNewInitContainer()
                .withName("setup")
                .endInitContainer()
                .addNewInitContainer()
                .withName("sidecar")
                .withRestartPolicy("Always")
                .endInitContainer()
                .addNewEphemeralContainer()
                .withName("debugger")
                .endEphemeralContainer()
                .addNewEphemeralContainer()
                .withName("podcapture-abc")
                .endEphemeralContainer()
                .endSpec()
                .editStatus()
                .addToContainerStatuses(Pods.waits("crashing", "CrashLoopBackOff", ""))
                .addToInitContainerStatuses(Pods.runs("sidecar"))
                .addToEphemeralContainerStatuses(Pods.runs("debugger"), Pods.runs("podcapture-abc"))
                .endStatus()
                .build();
        assertThat(new PodView(pod).runningContainers()).containsExactly("app", "sidecar", "debugger");
    }

    @Test
    void emptyDirs_ofContainer_areThoseItCanWriteTo() {
        Pod pod = Pods.running("web")
                .editSpec()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .endConfigMap()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/app")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/read")
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/cache")
                .endVolumeMount()
                .endContainer()
                .addNewContainer()
                .withName("other")
                .addNewVolumeMount()
                .withName("scratch")
                .withMountPath("/others")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
        assertThat(new PodView(pod).emptyDirs("app")).containsExactly("/cache");
    }

    @Test
    void requireRunning_unknownContainer_namesThoseThereAre() {
        PodView pod = new PodView(Pods.running("web").build());
        assertThatThrownBy(() -> pod.requireRunning("ap"))
                .isInstanceOf(CaptureException.class)
                .hasMessage("pod demo/web has no container ap; it has app");
    }

    @Test
    void fate_ofDeletedPod_isTold() {
        assertThat(new PodView(Pods.deleted("web")).fate()).hasValue("pod demo/web was deleted");
        assertThat(new PodView(Pods.deleted("web")).running()).isFalse();
    }

    @Test
    void fate_ofEvictedPod_hasTheReason() {
        Pod evicted = Pods.running("web")
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: memory.")
                .endStatus()
                .build();
        assertThat(new PodView(evicted).fate())
                .hasValue("pod demo/web ended with phase Failed (Evicted: The node was low on resource: memory.)");
    }

    @Test
    void fate_ofPodEvictedByApi_hasTheCondition() {
        Pod evicted = Pods.running("web")
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .withMessage("Eviction API: evicting")
                .endCondition()
                .endStatus()
                .build();
        assertThat(new PodView(evicted).fate())
                .hasValue("pod demo/web was deleted (EvictionByEvictionAPI: Eviction API: evicting)");
    }

    @Test
    void members_withNamedContainer_waitForIt() {
        PodMembers members = new PodMembers("", Optional.of("app"), pod -> true);
        Pod starting = Pods.running("web")
                .editStatus()
                .withContainerStatuses(Pods.waits("app", "ContainerCreating", ""))
                .endStatus()
                .build();
        assertThat(members.has(new PodView(Pods.running("web").build()))).isTrue();
        assertThat(members.has(new PodView(starting))).isFalse();
        assertThat(members.has(new PodView(Pods.inPhase("web", "Pending")))).isFalse();
    }

    @Test
    void storageLimit_ofAll_countsNativeSidecarsButNoInitContainers() {
        assertThat(new PodView(Pods.running("web").build()).storageLimit()).isEmpty();
        Pod limited = Pods.running("web")
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("ephemeral-storage", new Quantity("100M"))
                .endResources()
                .endContainer()
                .addNewInitContainer()
                .withName("podcapture")
                .withRestartPolicy("Always")
                .withNewResources()
                .addToLimits("ephemeral-storage", new Quantity("512M"))
                .endResources()
                .endInitContainer()
                .addNewInitContainer()
                .withName("before")
                .withNewResources()
                .addToLimits("ephemeral-storage", new Quantity("7M"))
                .endResources()
                .endInitContainer()
                .endSpec()
                .build();
        assertThat(new PodView(limited).storageLimit()).hasValue(612_000_000);
    }
}
