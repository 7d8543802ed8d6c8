package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pod as the API server told of it at one moment. */
final class PodView {
    static final String NAMESPACE = "namespace";
    static final String POD = "pod";
    static final String NODE = "node";
    static final String ADDRESSES = "ip";
    static final String UID = "uid";
    /** An attribute of what has the network of its node: true, or not there. */
    static final String HOST_NETWORK = "hostNetwork";

    private final Pod pod;

    PodView(Pod pod) {
        this.pod = pod;
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    PodName name() {
        return new PodName(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    String phase() {
        return Optional.ofNullable(pod.getStatus().getPhase()).orElse("Unknown");
    }

    boolean running() {
        return phase().equals("Running") && !deleted();
    }

    boolean deleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Returns why nothing can be captured from the pod any more, in words; empty while it lives. */
    Optional<String> fate() {
        if (deleted()) {
            return Optional.of("pod " + name() + " was deleted" + because());
        }
        if (phase().equals("Succeeded") || phase().equals("Failed")) {
            return Optional.of("pod " + name() + " ended with phase " + phase() + because());
        }
        return Optional.empty();
    }

    /** Returns why the pod has no node yet, in words; empty if it has one, or if nobody knows. */
    Optional<String> unschedulable() {
        return pod.getStatus().getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .findFirst();
    }

    /** Returns the ids of all containers that run, without the name of their runtime. */
    List<String> containerIds() {
        return containers().stream()
                .filter(this::runs)
                .flatMap(name -> status(name).map(ContainerStatus::getContainerID).stream())
                .map(id -> id.substring(id.indexOf("://") < 0 ? 0 : id.indexOf("://") + 3))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /** Returns the name of the node that the pod is on; empty if it has none yet. */
    Optional<String> node() {
        return Optional.ofNullable(pod.getSpec().getNodeName());
    }

    /** Returns the operating system that it says it needs; empty if it does not say. */
    Optional<String> os() {
        return Optional.ofNullable(pod.getSpec().getOs()).map(os -> os.getName());
    }

    /** Tells whether its node made it from a file: then the API server only shows it. */
    boolean isStatic() {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                .containsKey("kubernetes.io/config.mirror");
    }

    /** Returns the containers, of these, in which nobody may open raw sockets, root neither. */
    List<String> withoutRawSockets(List<String> names) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(container -> names.contains(container.getName()))
                .filter(container -> forbidsRawSockets(container.getSecurityContext()))
                .map(Container::getName)
                .toList();
    }

    private static boolean forbidsRawSockets(@Nullable SecurityContext security) {
        if (security == null || security.getCapabilities() == null || Boolean.TRUE.equals(security.getPrivileged())) {
            return false;
        }
        List<String> drops = security.getCapabilities().getDrop();
        List<String> adds = security.getCapabilities().getAdd();
        return (drops.contains("ALL") || drops.contains("NET_RAW"))
                && !adds.contains("NET_RAW")
                && !adds.contains("ALL");
    }

    boolean hasVolume(String name) {
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> name.equals(volume.getName()));
    }

    /** Returns the size limit of an emptyDir volume, in octets; empty if it has none. */
    OptionalLong sizeLimit(String volume) {
        return pod.getSpec().getVolumes().stream()
                .filter(each -> volume.equals(each.getName()))
                .map(Volume::getEmptyDir)
                .filter(Objects::nonNull)
                .map(EmptyDirVolumeSource::getSizeLimit)
                .filter(Objects::nonNull)
                .mapToLong(PodView::octets)
                .findFirst();
    }

    /**
     * Returns how much local storage the containers that run side by side may use together, in octets, where any has a limit:
     * with more the pod is evicted.
     */
    OptionalLong storageLimit() {
        Stream<Container> nativeSidecars = pod.getSpec().getInitContainers().stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()));
        List<Quantity> limits = Stream.concat(pod.getSpec().getContainers().stream(), nativeSidecars)
                .map(Container::getResources)
                .filter(Objects::nonNull)
                .map(resources -> resources.getLimits().get("ephemeral-storage"))
                .filter(Objects::nonNull)
                .toList();
        return limits.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(limits.stream().mapToLong(PodView::octets).sum());
    }

    private static long octets(Quantity quantity) {
        return quantity.getNumericalAmount().longValue();
    }

    /** Returns what manages the pod, a ReplicaSet for instance. */
    Optional<OwnerReference> controller() {
        return DeploymentOwner.controller(pod);
    }

    /** Returns the names of all containers, in the order in which a tool is looked for in them. */
    List<String> containers() {
        return Stream.of(
                        pod.getSpec().getContainers().stream().map(Container::getName),
                        pod.getSpec().getInitContainers().stream().map(Container::getName),
                        pod.getSpec().getEphemeralContainers().stream().map(EphemeralContainer::getName))
                .flatMap(names -> names)
                .toList();
    }

    /** Returns the names of the containers that run, but for those that a capture session has made for itself. */
    List<String> runningContainers() {
        List<String> running = new ArrayList<>(containers());
        running.removeIf(name -> !runs(name) || isOurs(name));
        return running;
    }

    private static boolean isOurs(String container) {
        return container.startsWith(EphemeralContainerName.PREFIX) || container.equals(SidecarContainer.NAME);
    }

    /** Returns where a container mounts volumes that belong to the pod and can be written to. */
    List<String> emptyDirs(String container) {
        Set<String> volumes = pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .map(Volume::getName)
                .collect(Collectors.toSet());
        return Stream.of(
                        mounts(pod.getSpec().getContainers(), container),
                        mounts(pod.getSpec().getInitContainers(), container),
                        pod.getSpec().getEphemeralContainers().stream()
                                .filter(that -> that.getName().equals(container))
                                .flatMap(that -> that.getVolumeMounts().stream()))
                .flatMap(mounts -> mounts)
                .filter(mount -> volumes.contains(mount.getName()) && !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(VolumeMount::getMountPath)
                .toList();
    }

    private static Stream<VolumeMount> mounts(List<Container> containers, String name) {
        return containers.stream()
                .filter(that -> that.getName().equals(name))
                .flatMap(that -> that.getVolumeMounts().stream());
    }

    boolean runs(String container) {
        return status(container)
                .map(ContainerStatus::getState)
                .map(state -> state.getRunning() != null)
                .orElse(false);
    }

    /** Tells whether a container has run at some time. */
    boolean everStarted(String container) {
        return status(container)
                .filter(status -> status.getRestartCount() != null && status.getRestartCount() > 0
                        || hasRun(status.getState())
                        || hasRun(status.getLastState()))
                .isPresent();
    }

    private static boolean hasRun(@Nullable ContainerState state) {
        return state != null && (state.getRunning() != null || state.getTerminated() != null);
    }

    /**
     * Requires that a container exists and runs.
     *
     * @throws CaptureException if not; the message names those that do
     */
    void requireRunning(String container) {
        if (!containers().contains(container)) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    "pod " + name() + " has no container " + container + "; it has " + String.join(", ", containers()));
        }
        if (!runs(container)) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    "container " + container + " of pod " + name() + " is not running; running are "
                            + String.join(", ", runningContainers()));
        }
    }

    Optional<ContainerStatus> status(String container) {
        return Stream.of(
                        pod.getStatus().getContainerStatuses(),
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getEphemeralContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> container.equals(status.getName()))
                .findFirst();
    }

    CapturePoint point(String place, Optional<String> container) {
        return CapturePoint.builder(uid(), name().toString())
                .place(place)
                .attribute(NAMESPACE, name().namespace())
                .attribute(POD, name().name())
                .attribute(
                        NODE, Optional.ofNullable(pod.getSpec().getNodeName()).orElse(""))
                .attribute(ADDRESSES, addresses())
                .attribute(UID, uid())
                .attribute(HOST_NETWORK, Boolean.TRUE.equals(pod.getSpec().getHostNetwork()) ? "true" : "")
                .attribute("container", container.orElse(""))
                .build();
    }

    private String addresses() {
        return pod.getStatus().getPodIPs().stream().map(PodIP::getIp).collect(Collectors.joining(","));
    }

    // An eviction or a preemption is told in the pod's status or, before its end, in a condition.
    private String because() {
        String reason = Optional.ofNullable(pod.getStatus().getReason()).orElse("");
        String message = Optional.ofNullable(pod.getStatus().getMessage()).orElse("");
        Optional<PodCondition> disruption = pod.getStatus().getConditions().stream()
                .filter(condition ->
                        "DisruptionTarget".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
        if (reason.isEmpty() && message.isEmpty() && disruption.isPresent()) {
            reason = Optional.ofNullable(disruption.get().getReason()).orElse("");
            message = Optional.ofNullable(disruption.get().getMessage()).orElse("");
        }
        String both = Stream.of(reason, message).filter(word -> !word.isEmpty()).collect(Collectors.joining(": "));
        return both.isEmpty() ? "" : " (" + both + ")";
    }
}
