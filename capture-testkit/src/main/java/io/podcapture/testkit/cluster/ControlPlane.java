package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** Puts the controllers of a cluster together. */
final class ControlPlane {
    private ControlPlane() {}

    static Controllers of(
            ObjectStore store, Kubelet kubelet, PodChanges changes, List<String> nodes, Addresses addresses) {
        Dependents dependents = new Dependents(store, kubelet);
        TemplatePods pods = new TemplatePods(store, kubelet, changes, dependents, nodes, addresses);
        Revisions revisions = new Revisions(store, dependents);
        ReplicaSets sets = new ReplicaSets(store, dependents);
        return new Controllers(
                store,
                Map.of(
                        "deployments.apps",
                        new DeploymentController(store, sets, pods),
                        ReplicaSets.RESOURCE,
                        new ReplicaSetController(store, pods),
                        "statefulsets.apps",
                        new StatefulSetController(store, revisions, pods),
                        "daemonsets.apps",
                        new DaemonSetController(store, revisions, pods)),
                dependents);
    }
}
