package io.podcapture.fabric8;

import io.podcapture.spi.MethodContext;
import java.io.IOException;
import java.util.Optional;

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

    /** Asks whether the cluster would admit the pod that a description tells of; returns the rights it was admitted with. */
    interface Attempt {
        SecurityProfile with(HelperPodSpec spec) throws InterruptedException;
    }

    /**
     * Asks for the rights, and makes a dry run.
     *
     * @param name that the pod would have
     * @param level of Pod Security that admits it
     * @param words what would be made
     * @param kind of helper; pods of one kind are admitted alike in a namespace
     */
    void asks(PodName name, String level, String words, String kind, Attempt attempt)
            throws IOException, InterruptedException {
        String namespace = name.namespace();
        asks.needs(namespace, "pods", "create", "get", "list", "delete").needs(namespace, "pods/exec", "get", "create");
        asks.told().creates(words + " in namespace " + namespace + ", of image " + settings.image());
        if (!asks.isAllowed()) {
            return;
        }
        HelperPodSpec spec = new HelperPodSpec(settings, name, context.sessionId(), context.remaining());
        String key = kind + "/" + namespace + "/" + settings;
        Optional<SecurityProfile> profile =
                asks.tries(key, SecurityProfile.class, namespace, level, () -> attempt.with(spec));
        if (profile.isPresent()) {
            boolean narrow = profile.get() == SecurityProfile.CAPABILITIES;
            String how = narrow ? "" : " " + profile.get().inWords();
            asks.admitted(profile.get(), "the cluster would admit " + words + how, "");
        }
    }
}
