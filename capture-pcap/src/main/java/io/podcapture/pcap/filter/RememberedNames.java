package io.podcapture.pcap.filter;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks for each name once, so that all programs of one filter, or of one operation, are about the same addresses. */
final class RememberedNames implements NameResolver {
    private final NameResolver names;
    private final Map<String, List<InetAddress>> answers = new HashMap<>();

    private RememberedNames(NameResolver names) {
        this.names = names;
    }

    static RememberedNames of(NameResolver names) {
        return names instanceof RememberedNames remembered ? remembered : new RememberedNames(names);
    }

    /** A copy, since nobody knows what a resolver does with its list afterwards; null too is an answer. */
    @Override
    @SuppressWarnings("NullAway") // What somebody else's resolver answers is refused where it is used.
    public synchronized List<InetAddress> addresses(String host) {
        if (!answers.containsKey(host)) {
            List<InetAddress> told = names.addresses(host);
            answers.put(host, told == null ? null : List.copyOf(told));
        }
        return answers.get(host);
    }
}
