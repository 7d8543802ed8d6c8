package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;

/** Where pods can be listed, and watched from a list on. */
interface PodSource {
    /** Lists the pods; blocks. */
    PodList list();

    /** Tells of everything that happens after the list of that version. */
    Watch watch(String resourceVersion, Watcher<Pod> watcher);

    /** Makes one of a filter of the client. */
    static PodSource of(FilterWatchListDeletable<Pod, PodList, PodResource> filter) {
        return new PodSource() {
            @Override
            public PodList list() {
                return filter.list();
            }

            @Override
            public Watch watch(String resourceVersion, Watcher<Pod> watcher) {
                return filter.watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(resourceVersion)
                                .build(),
                        watcher);
            }
        };
    }
}
