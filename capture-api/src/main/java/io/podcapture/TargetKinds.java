package io.podcapture;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of targets in a cluster and on a machine, and what {@code kubectl} and others call them besides. */
final class TargetKinds {
    private record Kind(String name, boolean scoped) {}

    private static final Map<String, Kind> KINDS = new HashMap<>();

    static {
        inNamespace("pod", "", "po");
        inNamespace("deployment", "apps", "deploy");
        inNamespace("statefulset", "apps", "sts");
        inNamespace("daemonset", "apps", "ds");
        inNamespace("replicaset", "apps", "rs");
        inNamespace("job", "batch");
        inNamespace("service", "", "svc");
        inNamespace("deploymentconfig", "apps.openshift.io", "dc");
        put(new Kind("namespace", false), List.of("namespaces", "ns"));
        put(new Kind("node", false), List.of("nodes", "no"));
        put(new Kind("container", false), List.of("containers", "docker", "podman"));
        put(new Kind("containerhost", false), List.of());
        put(new Kind("process", false), List.of("pid"));
        put(new Kind("netns", false), List.of());
        put(new Kind("machine", false), List.of());
    }

    private TargetKinds() {}

    /** Tells whether a kind is one of ours. */
    static boolean isKnown(String kind) {
        return KINDS.containsKey(kind);
    }

    /** Returns the kind that a word names; a word of somebody else's as it is. */
    static String named(String word) {
        Kind kind = KINDS.get(word.toLowerCase(Locale.ROOT));
        return kind == null ? word : kind.name();
    }

    /** Returns whether names of a kind count within a scope only; so do all that are not known here. */
    static boolean scoped(String kind) {
        Kind known = KINDS.get(kind);
        return known == null || known.scoped();
    }

    // "kubectl get -o name" prints the API group too: deployment.apps/cart.
    private static void inNamespace(String name, String group, String... shortNames) {
        Kind kind = new Kind(name, true);
        put(kind, List.of(name + "s"));
        put(kind, Arrays.asList(shortNames));
        if (!group.isEmpty()) {
            put(kind, List.of(name + "." + group, name + "s." + group));
        }
    }

    private static void put(Kind kind, Collection<String> words) {
        KINDS.put(kind.name(), kind);
        words.forEach(word -> KINDS.put(word, kind));
    }
}
