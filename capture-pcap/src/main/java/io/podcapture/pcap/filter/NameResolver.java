package io.podcapture.pcap.filter;

import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host named in a filter. None is asked unless one is given: a filter is then compiled without
 * any look at the network.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NameResolver {
    /**
     * {@return the addresses of the host, in the order to compare with them; none if it is not known} Called in the thread
     * that compiles; what it throws, the compilation throws.
     *
     * @param host name as written in the filter
     */
    List<InetAddress> addresses(String host);

    /**
     * {@return a resolver that asks this one for each name once, and gives its answer again from then on} For several filters
     * that are to be about the same addresses. It may be used by several threads, one of which at a time asks.
     */
    default NameResolver remembering() {
        return RememberedNames.of(this);
    }
}
