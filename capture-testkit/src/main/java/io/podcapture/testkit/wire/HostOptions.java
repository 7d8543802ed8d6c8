package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a host of the wire is: its node, its addresses, and whether it answers DNS.
 *
 * @since 0.1
 */
public final class HostOptions {
    private final Set<InetAddress> addresses = new LinkedHashSet<>();
    private @Nullable String node;
    private boolean nameServer;

    HostOptions() {}

    /**
     * Sets the node whose clock stamps the host's packets. Without, it is the first one of the wire, and one whose clock is right where none was named.
     *
     * @param name of a node named before
     * @return this
     */
    public HostOptions on(String name) {
        node = Once.set("node", node, name);
        return this;
    }

    /**
     * Gives the host's Ethernet interface addresses.
     *
     * @param literals of IPv4 or IPv6; of each family the first is the one it calls from
     * @return this
     */
    public HostOptions address(String... literals) {
        for (String literal : literals) {
            addresses.add(Literal.address(literal));
        }
        return this;
    }

    /**
     * Lets the host answer the script's lookups.
     *
     * @return this
     */
    public HostOptions nameServer() {
        nameServer = true;
        return this;
    }

    @Nullable
    String node() {
        return node;
    }

    Set<InetAddress> addresses() {
        return addresses;
    }

    boolean isNameServer() {
        return nameServer;
    }
}
