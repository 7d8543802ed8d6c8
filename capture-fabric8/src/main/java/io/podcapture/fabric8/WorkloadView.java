package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.podcapture.FailureReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One workload as the API server told of it at one moment. */
final class WorkloadView {
    private final WorkloadKind kind;
    private final GenericKubernetesResource workload;

    /** What keeps a roll-out from its end. */
    record Trouble(FailureReason reason, String words) {}

    WorkloadView(WorkloadKind kind, GenericKubernetesResource workload) {
        this.kind = kind;
        this.workload = workload;
    }

    String resourceVersion() {
        return workload.getMetadata().getResourceVersion();
    }

    String uid() {
        return workload.getMetadata().getUid();
    }

    /** Returns when a manager last changed what it owns, by the API server's clock. */
    Optional<Instant> lastChange(String manager) {
        return LastChange.by(manager, workload.getMetadata());
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(workload.getMetadata().getLabels(), Map.of());
    }

    /** Returns the labels by which it finds its pods; those that take expressions are left out. */
    Map<String, String> selector() {
        Map<?, ?> selector = map("spec", "selector");
        Map<?, ?> labels = selector.get("matchLabels") instanceof Map<?, ?> match ? match : selector;
        Map<String, String> words = new HashMap<>();
        labels.forEach((key, value) -> {
            if (value instanceof String word) {
                words.put(String.valueOf(key), word);
            }
        });
        return words;
    }

    /** Returns the template of its pods, as it was told. */
    Map<?, ?> template() {
        return map("spec", "template");
    }

    /** Returns the containers of its pods, the init containers included, that have this name. */
    Stream<Map<?, ?>> containers(String name) {
        return containers().filter(container -> name.equals(container.get("name")));
    }

    /** Returns the containers of its pods, the init containers included. */
    Stream<Map<?, ?>> containers() {
        return Stream.concat(
                list("spec", "template", "spec", "containers"), list("spec", "template", "spec", "initContainers"));
    }

    /** Returns why a change of the template would not reach the pods by itself, in words; empty if it does. */
    Optional<String> refusal() {
        if (Boolean.TRUE.equals(workload.<Object>get("spec", "paused"))) {
            return Optional.of("its roll-out is paused; resume it");
        }
        Map<?, ?> strategy = map("spec", "updateStrategy");
        if ("OnDelete".equals(strategy.get("type"))) {
            return Optional.of("its update strategy is OnDelete, so its pods keep what they have until somebody deletes"
                    + " them");
        }
        if (strategy.get("rollingUpdate") instanceof Map<?, ?> rolling
                && rolling.get("partition") instanceof Number partition
                && partition.intValue() > 0) {
            return Optional.of(
                    "its roll-out is partitioned at " + partition + ", so the pods below keep what they have");
        }
        // Only a DeploymentConfig has any; where they are left out, a change of the template is one.
        if (workload.<Object>get("spec", "triggers") instanceof List<?>
                && list("spec", "triggers").noneMatch(trigger -> "ConfigChange".equals(trigger.get("type")))) {
            return Optional.of("it has no trigger ConfigChange, so a change is not rolled out by itself");
        }
        return Optional.empty();
    }

    /** Returns what a roll-out still waits for, in words; empty when it has settled. */
    Optional<String> unsettled() {
        if (!isObserved()) {
            return Optional.of("its controller has not seen the change yet");
        }
        return switch (kind) {
            case DEPLOYMENT, DEPLOYMENTCONFIG -> unsettledReplicas();
            case STATEFULSET -> unsettledSet();
            case DAEMONSET -> unsettledDaemons();
        };
    }

    /** Returns what the controller says is wrong with what it was last told; empty if nothing is. */
    Optional<Trouble> trouble() {
        if (!isObserved()) {
            return Optional.empty();
        }
        return list("status", "conditions")
                .flatMap(condition -> trouble(condition).stream())
                .findFirst();
    }

    /** Returns how many changes of what it shall be came before. */
    long generation() {
        return Objects.requireNonNullElse(workload.getMetadata().getGeneration(), 0L);
    }

    /** Tells whether its controller has seen it as it is here. */
    boolean isObserved() {
        return status("observedGeneration") >= generation();
    }

    /** Tells whether its template has our container. */
    boolean hasSidecar() {
        return containers(SidecarContainer.NAME).findAny().isPresent();
    }

    private static Optional<Trouble> trouble(Map<?, ?> condition) {
        String words = condition.get("reason") + ": " + condition.get("message");
        if ("ReplicaFailure".equals(condition.get("type")) && "True".equals(condition.get("status"))) {
            return Optional.of(new Trouble(ApiErrors.reasonOfForbidden(words), words));
        }
        if ("Progressing".equals(condition.get("type")) && "False".equals(condition.get("status"))) {
            return Optional.of(new Trouble(FailureReason.PROCESS_FAILED, words));
        }
        return Optional.empty();
    }

    private Optional<String> unsettledReplicas() {
        long wanted = number(workload.get("spec", "replicas"), 1);
        long updated = status("updatedReplicas");
        if (updated < wanted) {
            return Optional.of(updated + " of " + wanted + " new pods are there");
        }
        if (status("replicas") > updated) {
            return Optional.of(status("replicas") - updated + " old pods are still there");
        }
        return fewer(status("availableReplicas"), updated);
    }

    private Optional<String> unsettledSet() {
        long wanted = number(workload.get("spec", "replicas"), 1);
        if (!Objects.equals(workload.get("status", "updateRevision"), workload.get("status", "currentRevision"))) {
            return Optional.of(status("updatedReplicas") + " of " + wanted + " pods are updated");
        }
        return fewer(status("readyReplicas"), wanted);
    }

    private Optional<String> unsettledDaemons() {
        long wanted = status("desiredNumberScheduled");
        long updated = status("updatedNumberScheduled");
        return updated < wanted
                ? Optional.of(updated + " of " + wanted + " pods are updated")
                : fewer(status("numberAvailable"), wanted);
    }

    private static Optional<String> fewer(long available, long wanted) {
        return available < wanted ? Optional.of(available + " of " + wanted + " new pods are ready") : Optional.empty();
    }

    private long status(String field) {
        return number(workload.get("status", field), 0);
    }

    private static long number(Object value, long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    private Map<?, ?> map(Object... path) {
        return workload.<Object>get(path) instanceof Map<?, ?> map ? map : Map.of();
    }

    private Stream<Map<?, ?>> list(Object... path) {
        List<?> found = workload.<Object>get(path) instanceof List<?> list ? list : List.of();
        return found.stream().filter(Map.class::isInstance).map(element -> (Map<?, ?>) element);
    }
}
