package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Node;
import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;

/** Finds a node by its name. */
final class NodeResolver {
    private final Cluster cluster;

    NodeResolver(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Asks for the node; needs {@code get} on nodes.
     *
     * @throws CaptureException if it does not exist; the message names some that do
     */
    CapturePoint resolve(String name) throws InterruptedException {
        Node found = new ApiCall("get", "nodes", "node " + name)
                .read(() -> cluster.client().nodes().withName(name).get());
        if (found == null) {
            String others = Nearby.words(
                    new ApiCall("list", "nodes", "the cluster"),
                    cluster.client().nodes(),
                    "");
            throw new CaptureException(FailureReason.TARGET_NOT_FOUND, "node " + name + " does not exist" + others);
        }
        return new NodeView(found).point(cluster.place());
    }
}
