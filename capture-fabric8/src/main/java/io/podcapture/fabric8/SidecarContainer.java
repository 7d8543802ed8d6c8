package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Describes the container that goes into a workload's pods, and its volume. */
final class SidecarContainer {
    static final String NAME = "podcapture";
    static final String VOLUME = "podcapture-spool";
    static final String DIRECTORY = "/podcapture";
    private static final String STORAGE = "ephemeral-storage";

    private final HelperSettings settings;
    private final SidecarSettings sidecar;

    SidecarContainer(HelperSettings settings, SidecarSettings sidecar) {
        this.settings = settings;
        this.sidecar = sidecar;
    }

    String image() {
        return settings.image();
    }

    /** Returns what is applied to a workload's {@code spec}. */
    Map<String, Object> spec(WorkloadView workload, SecurityProfile profile) {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put(sidecar.nativeSidecar() ? "initContainers" : "containers", List.of(container(workload, profile)));
        pod.put("volumes", List.of(volume()));
        if (!settings.pullSecrets().isEmpty()) {
            pod.put(
                    "imagePullSecrets",
                    settings.pullSecrets().stream()
                            .map(LocalObjectReference::new)
                            .toList());
        }
        return Map.of("template", Map.of("spec", pod));
    }

    private Container container(WorkloadView workload, SecurityProfile profile) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(NAME)
                .withImage(settings.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withCommand(SidecarScripts.main())
                .withSecurityContext(profile.context())
                .withResources(resources(workload))
                .addNewVolumeMount()
                .withName(VOLUME)
                .withMountPath(DIRECTORY)
                .endVolumeMount();
        return (sidecar.nativeSidecar() ? container.withRestartPolicy("Always") : container).build();
    }

    /** Puts the container into a pod, in place of the one that may be there. */
    void putInto(PodSpec pod, WorkloadView workload, SecurityProfile profile) {
        pod.getContainers().removeIf(each -> NAME.equals(each.getName()));
        pod.getInitContainers().removeIf(each -> NAME.equals(each.getName()));
        pod.getVolumes().removeIf(each -> VOLUME.equals(each.getName()));
        (sidecar.nativeSidecar() ? pod.getInitContainers() : pod.getContainers()).add(container(workload, profile));
        pod.getVolumes().add(volume());
    }

    private Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewEmptyDir()
                .withSizeLimit(spoolSize())
                .endEmptyDir()
                .build();
    }

    private Quantity spoolSize() {
        return new Quantity(Long.toString(sidecar.spoolSize()));
    }

    // A pod whose containers have limits is evicted when it uses more than their sum: what ours may use is added. Where
    // nobody has one, ours would be the limit of all. And a pod that is guaranteed its resources stays so.
    // Init containers count for both.
    private ResourceRequirements resources(WorkloadView workload) {
        ResourceRequirementsBuilder resources = new ResourceRequirementsBuilder(settings.resources());
        List<Map<?, ?>> others = workload.containers()
                .filter(container -> !NAME.equals(container.get("name")))
                .toList();
        if (others.stream().anyMatch(container -> limits(container).containsKey(STORAGE))) {
            resources.addToLimits(STORAGE, spoolSize());
            // Without a request the limit would be one, and the node would have to have that much free.
            resources.addToRequests(STORAGE, new Quantity("1Mi"));
        }
        if (!others.isEmpty() && others.stream().allMatch(SidecarContainer::guaranteed)) {
            // As little as the default asks for: a pod that has no room on any node would be an outage.
            List.of("cpu", "memory").forEach(what -> {
                Quantity least = Optional.ofNullable(resources.getRequests().get(what))
                        .orElseGet(() -> new Quantity(what.equals("cpu") ? "100m" : "64Mi"));
                resources.addToRequests(what, least).addToLimits(what, least);
            });
        }
        return resources.build();
    }

    private static boolean guaranteed(Map<?, ?> container) {
        Map<?, ?> limits = limits(container);
        Map<?, ?> requests = part(container, "requests");
        return List.of("cpu", "memory").stream()
                .allMatch(what -> limits.containsKey(what)
                        && (!requests.containsKey(what) || Objects.equals(requests.get(what), limits.get(what))));
    }

    private static Map<?, ?> limits(Map<?, ?> container) {
        return part(container, "limits");
    }

    private static Map<?, ?> part(Map<?, ?> container, String which) {
        return container.get("resources") instanceof Map<?, ?> resources
                        && resources.get(which) instanceof Map<?, ?> found
                ? found
                : Map.of();
    }
}
