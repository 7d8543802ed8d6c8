package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells whether a pod belongs to a deployment: the replicas that it is one of must be the deployment's. Labels alone prove
 * nothing, since foreign pods may carry the same. Used by one thread.
 */
final class DeploymentOwner implements Predicate<PodView> {
    private static final int FORBIDDEN = 403;
    private static final String CONFIG_NAME = "openshift.io/deployment-config.name";

    private final String deployment;
    private final String replicasKind;
    private final Function<String, Optional<Boolean>> ours;
    private final Map<String, Boolean> known = new HashMap<>();

    private DeploymentOwner(String deployment, String replicasKind, Function<String, Optional<Boolean>> ours) {
        this.deployment = deployment;
        this.replicasKind = replicasKind;
        this.ours = ours;
    }

    /**
     * Makes it for a deployment.
     *
     * @param replicaSets asks the API server for a ReplicaSet by name
     */
    static DeploymentOwner deployment(String name, Function<String, Optional<ReplicaSet>> replicaSets) {
        return new DeploymentOwner(
                name,
                "ReplicaSet",
                replicas -> replicaSets.apply(replicas).map(set -> manages("Deployment", name, set)));
    }

    /**
     * Makes it for a DeploymentConfig of OpenShift.
     *
     * @param controllers asks the API server for a ReplicationController by name
     */
    static DeploymentOwner config(String name, Function<String, Optional<ReplicationController>> controllers) {
        return new DeploymentOwner(
                name,
                "ReplicationController",
                replicas -> controllers
                        .apply(replicas)
                        .map(found -> manages("DeploymentConfig", name, found)
                                // Before OpenShift 3.6 an annotation was all there was.
                                || (controller(found).isEmpty() && name.equals(annotation(found)))));
    }

    @Override
    public boolean test(PodView pod) {
        Optional<OwnerReference> owner = pod.controller().filter(reference -> replicasKind.equals(reference.getKind()));
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

    private boolean ask(String replicas) {
        try {
            return ours.apply(replicas).orElse(false);
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                throw e;
            }
            // Without the right to look: replicas are named after the deployment and a hash or number without a hyphen.
            return replicas.substring(0, Math.max(0, replicas.lastIndexOf('-'))).equals(deployment);
        }
    }

    private static boolean manages(String kind, String name, HasMetadata replicas) {
        return controller(replicas)
                .filter(reference -> kind.equals(reference.getKind()) && name.equals(reference.getName()))
                .isPresent();
    }

    private static String annotation(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(CONFIG_NAME))
                .orElse("");
    }

    /** Returns what manages an object. */
    static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }
}
