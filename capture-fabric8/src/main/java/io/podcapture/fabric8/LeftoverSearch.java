package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Leftover;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks for what no living session has any more, one kind of object after the other. */
final class LeftoverSearch {
    private final Cluster cluster;
    private final Optional<String> namespace;
    private final InstantSource clock;

    /** Looks for one kind. */
    interface Look {
        List<Leftovers.Removable> find() throws InterruptedException;
    }

    LeftoverSearch(Cluster cluster, Optional<String> namespace, InstantSource clock) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Returns a look for each kind of object that sessions make. */
    List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        looks.add(this::pods);
        for (WorkloadKind kind : WorkloadKind.values()) {
            looks.add(() -> workloads(kind));
        }
        return looks;
    }

    private List<Leftovers.Removable> pods() throws InterruptedException {
        return new ApiCall("list", "pods", where())
                        .ask(() -> in(
                                        cluster.client().pods()::inAnyNamespace,
                                        cluster.client().pods()::inNamespace)
                                .withLabel(SessionLabels.SESSION)
                                .list()
                                .getItems())
                        .stream()
                        .filter(pod -> isLeft(pod, clock.instant()))
                        .map(this::left)
                        .toList();
    }

    /**
     * Tells whether a helper pod has lost its session. One that runs has not: its main process ends soon after the last
     * capture.
     */
    static boolean isLeft(Pod pod, Instant now) {
        PodView view = new PodView(pod);
        return !view.deleted()
                && switch (view.phase()) {
                    case "Running" -> false;
                    case "Pending" -> now.isAfter(startsBefore(pod));
                    default -> true;
                };
    }

    private static Instant startsBefore(Pod pod) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        try {
            return Instant.parse(annotations.getOrDefault(SessionLabels.STARTS_BEFORE, ""));
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    private Leftovers.Removable left(Pod pod) {
        PodName name = new PodView(pod).name();
        String session = pod.getMetadata().getLabels().get(SessionLabels.SESSION);
        Leftover leftover = new Leftover(
                "pod " + name,
                "helper of session " + session + ", in phase " + new PodView(pod).phase(),
                "kubectl delete pod -n " + name.namespace() + " " + name.name());
        return removable(leftover, () -> {
            Pod now = new ApiCall("get", "pods", "pod " + name)
                    .ask(() -> cluster.pod(name).get());
            if (now == null || !now.getMetadata().getUid().equals(new PodView(pod).uid())) {
                return Optional.empty();
            }
            if (!isLeft(now, clock.instant())) {
                return Optional.of("a session uses it now");
            }
            new ApiCall("delete", "pods", "pod " + name)
                    .ask(() -> cluster.pod(name).delete());
            return Optional.empty();
        });
    }

    private List<Leftovers.Removable> workloads(WorkloadKind kind) throws InterruptedException {
        try {
            return new ApiCall("list", kind.plural(), where())
                            .ask(() -> in(
                                            cluster.client().genericKubernetesResources(kind.definition())
                                                    ::inAnyNamespace,
                                            cluster.client().genericKubernetesResources(kind.definition())::inNamespace)
                                    .withLabel(SidecarUse.LABEL)
                                    .list()
                                    .getItems())
                            .stream()
                            .flatMap(found -> left(kind, found).stream())
                            .toList();
        } catch (CaptureException e) {
            // Where the cluster does not know the kind, some are told just that they have no right to it.
            boolean unknown = e.reason() == FailureReason.TARGET_NOT_FOUND
                    || kind == WorkloadKind.DEPLOYMENTCONFIG && e.reason() == FailureReason.FORBIDDEN;
            if (unknown) {
                return List.of();
            }
            throw e;
        }
    }

    private Optional<Leftovers.Removable> left(WorkloadKind kind, GenericKubernetesResource found) {
        WorkloadView seen = new WorkloadView(kind, found);
        Map<String, Instant> sessions = SidecarUse.sessions(seen);
        if (sessions.values().stream().anyMatch(clock.instant()::isBefore)) {
            return Optional.empty();
        }
        ObjectMeta metadata = found.getMetadata();
        Workload workload = new Workload(cluster, kind, metadata.getNamespace(), metadata.getName()).only(seen);
        Leftover leftover = new Leftover(
                "container " + SidecarContainer.NAME + " in the template of " + workload,
                sessions.isEmpty()
                        ? "no session says that it uses it"
                        : "of session " + String.join(", ", new TreeSet<>(sessions.keySet()))
                                + ", which has not been heard of for a while",
                "podcapture leftovers --remove -n " + metadata.getNamespace());
        return Optional.of(removable(leftover, () -> {
            boolean gone = new SidecarUse(workload, "", clock).takeOutUnused();
            return gone ? Optional.empty() : Optional.of("a session uses it now");
        }));
    }

    /** Removes one thing. */
    private interface Removal {
        Optional<String> run() throws InterruptedException;
    }

    private static Leftovers.Removable removable(Leftover leftover, Removal removal) {
        return new Leftovers.Removable() {
            @Override
            public Leftover leftover() {
                return leftover;
            }

            @Override
            public Optional<String> remove() throws InterruptedException {
                try {
                    return removal.run();
                } catch (CaptureException e) {
                    if (e.reason() == FailureReason.TARGET_NOT_FOUND) {
                        return Optional.empty();
                    }
                    throw e;
                }
            }
        };
    }

    private String where() {
        return namespace.map(name -> "namespace " + name).orElse("all namespaces");
    }

    private <T> T in(Supplier<? extends T> all, Function<String, ? extends T> one) {
        return namespace.isPresent() ? one.apply(namespace.get()) : all.get();
    }
}
