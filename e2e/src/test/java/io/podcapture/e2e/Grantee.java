package io.podcapture.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.Permission;

/** An account that may what a plan named, and no more. */
interface Grantee extends AutoCloseable {
    /** Returns its client, which is closed with it; another one when a right was withheld, perhaps. */
    KubernetesClient client();

    /** Takes one right from it, and gives back the one that was taken before. */
    void withhold(Permission right);

    @Override
    void close();
}
