package io.podcapture.pcap.filter;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a compilation asks for the addresses of a named host. */
@FunctionalInterface
interface HostAddresses {
    /**
     * {@return as {@link NameResolver#addresses}; null if somebody else's resolver answered so}
     *
     * @param protocol whose hosts are asked for; null for all
     */
    @Nullable
    List<InetAddress> of(String host, @Nullable Protocol protocol);
}
