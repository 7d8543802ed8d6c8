package io.podcapture.testkit.wire;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom, and by which addresses.
 *
 * @param server null if no host has the address
 */
record Parties(
        Host client,
        InetAddress local,
        InetAddress remote,
        @Nullable Host server) {
    /**
     * {@return the client's and the server's addresses of one family}
     *
     * @param to a host or an address
     * @throws IllegalArgumentException if they have no common family, or a host is not there
     */
    static Parties of(Hosts hosts, String from, String to, boolean ipv6) {
        Host client = hosts.named(from);
        if (Literal.isAddress(to)) {
            InetAddress remote = Literal.address(to);
            Host server = client.owns(remote) ? client : hosts.owning(remote);
            return new Parties(client, local(client, remote, from, to), remote, server);
        }
        Host server = hosts.named(to);
        InetAddress remote = server.addresses().stream()
                .filter(address -> Literal.isIpv4(address) != ipv6)
                .filter(address ->
                        client.addresses().stream().anyMatch(own -> Literal.isIpv4(own) == Literal.isIpv4(address)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        from + " and " + to + " have no addresses of " + (ipv6 ? "IPv6" : "IPv4") + " both"));
        return new Parties(client, local(client, remote, from, to), remote, server);
    }

    private static InetAddress local(Host client, InetAddress remote, String from, String to) {
        if (client.owns(remote)) {
            return remote;
        }
        return client.addresses().stream()
                .filter(address -> Literal.isIpv4(address) == Literal.isIpv4(remote))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(from + " has no address of the family of " + to));
    }

    Endpoint endpoint(int protocol, int localPort, int remotePort) {
        return new Endpoint(protocol, local, localPort, remote, remotePort);
    }
}
