package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts of a wire, in the order in which they were named. */
final class Hosts {
    private final Map<String, Host> byName = new LinkedHashMap<>();
    private final @Nullable Host nameServer;

    Hosts(List<Host> hosts, @Nullable Host nameServer) {
        hosts.forEach(host -> byName.put(host.name(), host));
        this.nameServer = nameServer;
    }

    Host named(String name) {
        Host host = byName.get(name);
        if (host == null) {
            throw new IllegalArgumentException("there is no host " + name + "; there are " + byName.keySet());
        }
        return host;
    }

    @Nullable
    Host owning(InetAddress address) {
        return byName.values().stream()
                .filter(host -> host.addresses().contains(address))
                .findFirst()
                .orElse(null);
    }

    Host nameServer() {
        if (nameServer == null) {
            throw new IllegalStateException("no host of the wire is a name server");
        }
        return nameServer;
    }
}
