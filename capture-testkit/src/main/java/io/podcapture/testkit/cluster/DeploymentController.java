package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rolls deployments out: the replica set of the template up and those before down, step by step. */
final class DeploymentController implements Controllers.Controller {
    private final ObjectStore store;
    private final ReplicaSets sets;
    private final TemplatePods pods;

    DeploymentController(ObjectStore store, ReplicaSets sets, TemplatePods pods) {
        this.store = store;
        this.sets = sets;
        this.pods = pods;
    }

    @Override
    public void reconcile(Map<String, Object> deployment) {
        List<Map<String, Object>> old = new ArrayList<>(sets.of(deployment));
        Optional<Map<String, Object>> current = old.stream()
                .filter(set -> ReplicaSets.isCurrent(set, deployment))
                .findFirst();
        if (isPaused(deployment)) {
            // Where none has pods, that of the template is the one to scale.
            old.sort(Comparator.comparing(set -> ReplicaSets.isCurrent(set, deployment)));
            PausedScale.steps(
                            deployment,
                            old.stream()
                                    .map(set -> ScaleStep.Scaled.of(set, pods))
                                    .toList())
                    .forEach(sets::scale);
        } else {
            current = Optional.of(current.orElseGet(() -> sets.make(deployment)));
            old.remove(current.get());
            rollOut(deployment, current.get(), old);
        }
        tell(deployment, current);
    }

    private static boolean isPaused(Map<String, Object> deployment) {
        return Json.text(deployment, "spec", "paused").equals("true");
    }

    private void rollOut(Map<String, Object> deployment, Map<String, Object> current, List<Map<String, Object>> old) {
        sets.number(deployment, current, old);
        boolean oldPodsAreGone = old.stream().allMatch(set -> pods.of(set).isEmpty());
        ScaleStep.next(
                        deployment,
                        ScaleStep.Scaled.of(current, pods),
                        old.stream().map(set -> ScaleStep.Scaled.of(set, pods)).toList(),
                        oldPodsAreGone)
                .ifPresent(sets::scale);
    }

    private void tell(Map<String, Object> deployment, Optional<Map<String, Object>> current) {
        long wanted = Fields.number(deployment, 1, "spec", "replicas");
        List<Map<String, Object>> all = sets.of(deployment).stream()
                .flatMap(set -> pods.active(set).stream())
                .toList();
        long ready = TemplatePods.ready(all);
        long updated = current.map(set -> (long) pods.active(set).size()).orElse(0L);
        WorkloadStatus status = new WorkloadStatus(deployment)
                .count("replicas", all.size())
                .count("updatedReplicas", updated)
                .count("readyReplicas", ready)
                .count("availableReplicas", ready)
                .count("unavailableReplicas", Math.max(0, Math.max(wanted, all.size()) - ready));
        boolean enough = ready >= wanted - RollingUpdate.of(deployment, wanted).unavailable();
        status.condition(
                "Available",
                enough,
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                "Deployment " + (enough ? "has" : "does not have") + " minimum availability.");
        boolean over = all.size() == wanted && updated == wanted && ready == wanted;
        if (isPaused(deployment)) {
            status.condition("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
        } else {
            status.condition(
                    "Progressing",
                    true,
                    over ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                    over ? "ReplicaSet has successfully progressed." : "ReplicaSet is progressing.");
        }
        current.stream()
                .flatMap(set -> Fields.items(set, "status", "conditions").stream())
                .filter(condition -> ReplicaSetController.FAILURE.equals(condition.get("type")))
                .forEach(condition -> status.condition(
                        ReplicaSetController.FAILURE,
                        true,
                        Json.text(condition, "reason"),
                        Json.text(condition, "message")));
        status.tell(store);
    }
}
