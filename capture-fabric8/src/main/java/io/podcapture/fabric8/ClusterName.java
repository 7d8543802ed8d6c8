package io.podcapture.fabric8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pod or service as a filter names it: {@code cart}, {@code cart.shop}, {@code cart.shop.svc}, {@code cart-0.shop.pod}, also
 * with the cluster's domain behind it.
 *
 * @param kind what it may be
 */
record ClusterName(String name, String namespace, Kind kind) {
    private static final String DOMAIN = ".cluster.local";
    private static final String SERVICE = ".svc";
    private static final String POD = ".pod";

    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern LABELS = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /** Whose name it may be. */
    enum Kind {
        POD,
        SERVICE,
        EITHER
    }

    /**
     * Empty if nothing in a cluster can have that name, so that nobody need be asked: an empty one would be the address of all
     * others.
     *
     * @param namespace of names without one
     */
    static Optional<ClusterName> of(String host, String namespace) {
        if (host.length() > LONGEST || !LABELS.matcher(host).matches()) {
            return Optional.empty();
        }
        String name = without(DOMAIN, host);
        if (name.endsWith(SERVICE)) {
            return Optional.of(of(without(SERVICE, name), namespace, Kind.SERVICE));
        }
        if (name.endsWith(POD)) {
            return Optional.of(of(without(POD, name), namespace, Kind.POD));
        }
        return Optional.of(of(name, namespace, Kind.EITHER));
    }

    /** The namespace stands behind the last dot. */
    private static ClusterName of(String name, String namespace, Kind kind) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? new ClusterName(name, namespace, kind)
                : new ClusterName(name.substring(0, dot), name.substring(dot + 1), kind);
    }

    private static String without(String end, String name) {
        return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
