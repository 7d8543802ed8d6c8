package io.podcapture.fabric8;

import io.podcapture.spi.MethodContext;
import java.io.IOException;

/** What must be true for a helper pod. */
final class HelperPreflight {
    private final Cluster cluster;
    private final HelperSettings settings;
    private final Preflight asks;
    private final MethodContext context;

    HelperPreflight(Cluster cluster, HelperSettings settings, Preflight asks, MethodContext context) {
        this.cluster = cluster;
        this.settings = settings;
        this.asks = asks;
        this.context = context;
    }

    /** Asks whether the cluster would admit the pod that a description tells of. */
    interface Attempt {
        void with(HelperPodSpec spec) throws InterruptedException;
    }

    /**
     * Asks for the rights, and makes a dry run.
     *
     * @param level of Pod Security that admits it
     * @param words what would be made
     * @param kind of helper; pods of one kind are admitted alike in a namespace
     */
    void asks(String namespace, String level, String words, String kind, Attempt attempt)
            throws IOException, InterruptedException {
        asks.needs(namespace, "pods", "create", "get", "list", "delete").needs(namespace, "pods/exec", "get", "create");
        asks.told().creates(words + " in namespace " + namespace + ", of image " + settings.image());
        if (!asks.isAllowed()) {
            return;
        }
        PodName name = new PodName(namespace, HelperName.of(kind, context.sessionId()));
        HelperPodSpec spec = new HelperPodSpec(settings, name, context.sessionId(), context.remaining());
        asks.tries(kind + "/" + namespace + "/" + settings, Boolean.class, namespace, level, () -> {
                    attempt.with(spec);
                    return true;
                })
                .ifPresent(admitted -> asks.told().passed("the cluster would admit " + words));
    }
}
