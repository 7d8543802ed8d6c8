package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells whether a pod belongs to a deployment: its ReplicaSet must be the deployment's. Labels alone prove nothing, since
 * foreign pods may carry the same. Used by one thread.
 */
final class DeploymentOwner implements Predicate<PodView> {
    private static final int FORBIDDEN = 403;

    private final String deployment;
    private final Function<String, Optional<ReplicaSet>> replicaSets;
    private final Map<String, Boolean> known = new HashMap<>();

    /**
     * Makes it.
     *
     * @param replicaSets asks the API server for a ReplicaSet by name
     */
    DeploymentOwner(String deployment, Function<String, Optional<ReplicaSet>> replicaSets) {
        this.deployment = deployment;
        this.replicaSets = replicaSets;
    }

    @Override
    public boolean test(PodView pod) {
        Optional<OwnerReference> owner = pod.controller().filter(reference -> "ReplicaSet".equals(reference.getKind()));
        if (owner.isEmpty()) {
            return false;
        }
        String uid = owner.get().getUid();
        Boolean answer = known.get(uid);
        if (answer == null) {
            answer = ask(owner.get().getName());
            known.put(uid, answer);
        }
        return answer;
    }

    private boolean ask(String replicaSet) {
        try {
            return replicaSets
                    .apply(replicaSet)
                    .flatMap(DeploymentOwner::controller)
                    .filter(reference -> "Deployment".equals(reference.getKind()))
                    .map(reference -> deployment.equals(reference.getName()))
                    .orElse(false);
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                throw e;
            }
            // Without the right to look: a deployment names its ReplicaSets after itself and a hash without a hyphen.
            return replicaSet
                    .substring(0, Math.max(0, replicaSet.lastIndexOf('-')))
                    .equals(deployment);
        }
    }

    /** Returns what manages an object. */
    static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }
}
