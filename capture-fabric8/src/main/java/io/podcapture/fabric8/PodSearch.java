package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.podcapture.CaptureException;
import io.podcapture.Target;
import java.util.function.Predicate;

/** What a target stands for: the pods to look at, and which of them count. */
record PodSearch(PodSource source, PodMembers members) {
    /**
     * Makes the search for a target.
     *
     * @throws CaptureException if what it names, a deployment for instance, does not exist
     */
    static PodSearch of(Target target, String namespace, Cluster cluster) throws InterruptedException {
        NonNamespaceOperation<Pod, PodList, PodResource> all =
                cluster.client().pods().inNamespace(namespace);
        FilterWatchListDeletable<Pod, PodList, PodResource> some = all;
        Predicate<PodView> owned = pod -> true;
        if (Selections.kinds().contains(target.kind())) {
            Named named = new Named(target.kind(), namespace, target.name().orElseThrow());
            Selection selection = Selections.ask(named, cluster.client());
            some = all.withLabelSelector(selection.labels());
            owned = selection.owned();
        } else if (target.selector().isPresent()) {
            some = all.withLabelSelector(target.selector().get());
        } else if (!target.kind().equals("namespace")) {
            some = all.withField("metadata.name", target.name().orElseThrow());
        }
        Predicate<PodView> ours = owned;
        Predicate<PodView> noted = pod -> {
            boolean member = ours.test(pod);
            if (member) {
                cluster.remember(pod);
            }
            return member;
        };
        return new PodSearch(PodSource.of(some), new PodMembers(cluster.place(), target.container(), noted));
    }
}
