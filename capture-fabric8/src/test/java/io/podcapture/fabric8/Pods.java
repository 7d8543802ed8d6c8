package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Makes pods as an API server would tell of them. */
final class Pods {
    private Pods() {}

    /** A pod in namespace demo with a container "app" that runs; its UID is "uid-" and the name. */
    static PodBuilder running(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node1")
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewPodIP("10.0.0.7")
                .addNewPodIP("fd00::7")
                .withContainerStatuses(runs("app"))
                .endStatus();
    }

    /** A pod that runs and has a controller. */
    static PodView managed(String name, String ownerKind, String owner, String ownerUid) {
        return new PodView(running(name)
                .editMetadata()
                .addNewOwnerReference()
                .withController(true)
                .withKind(ownerKind)
                .withName(owner)
                .withUid(ownerUid)
                .endOwnerReference()
                .endMetadata()
                .build());
    }

    static Pod deleted(String name) {
        return running(name)
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();
    }

    static Pod inPhase(String name, String phase) {
        return running(name).editStatus().withPhase(phase).endStatus().build();
    }

    static ContainerStatus runs(String container) {
        return new ContainerStatusBuilder()
                .withName(container)
                .withNewState()
                .withNewRunning("2026-01-01T00:00:00Z")
                .endState()
                .build();
    }

    static ContainerStatus waits(String container, String reason, String message) {
        return new ContainerStatusBuilder()
                .withName(container)
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .build();
    }
}
