package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import java.util.Optional;
import java.util.function.Predicate;

/** What a target stands for: the pods to look at, and which of them count. */
record PodSearch(PodSource source, PodMembers members) {
    /**
     * Makes the search for a target.
     *
     * @throws CaptureException if the deployment that it names does not exist
     */
    static PodSearch of(Target target, String namespace, Cluster cluster) throws InterruptedException {
        KubernetesClient client = cluster.client();
        FilterWatchListDeletable<Pod, PodList, PodResource> all = client.pods().inNamespace(namespace);
        Predicate<PodView> owned = pod -> true;
        if (target.kind().equals("deployment")) {
            String name = target.name().orElseThrow();
            all = client.pods().inNamespace(namespace).withLabelSelector(selector(name, namespace, client));
            owned = new DeploymentOwner(
                    name,
                    replicaSet -> Optional.ofNullable(client.apps()
                            .replicaSets()
                            .inNamespace(namespace)
                            .withName(replicaSet)
                            .get()));
        } else if (target.selector().isPresent()) {
            all = client.pods()
                    .inNamespace(namespace)
                    .withLabelSelector(target.selector().get());
        } else {
            all = client.pods()
                    .inNamespace(namespace)
                    .withField("metadata.name", target.name().orElseThrow());
        }
        return new PodSearch(PodSource.of(all), new PodMembers(cluster.place(), target.container(), owned));
    }

    private static LabelSelector selector(String name, String namespace, KubernetesClient client)
            throws InterruptedException {
        String what = "deployment " + namespace + "/" + name;
        Deployment deployment = new ApiCall("get", "deployments", what)
                .ask(() -> client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        if (deployment == null) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    what + " does not exist; kubectl get deployments -n " + namespace + " lists those that do");
        }
        return deployment.getSpec().getSelector();
    }
}
