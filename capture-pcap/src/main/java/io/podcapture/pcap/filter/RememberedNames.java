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

    @Override
    public synchronized List<InetAddress> addresses(String host) {
        List<InetAddress> known = answers.get(host);
        if (known == null) {
            known = names.addresses(host);
            answers.put(host, known);
        }
        return known;
    }
}
