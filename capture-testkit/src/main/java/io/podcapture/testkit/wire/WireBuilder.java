package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the nodes and hosts of a wire. For one thread; built once.
 *
 * @since 0.1
 */
public final class WireBuilder {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DELAY = Duration.ofNanos(100_000);
    private static final Node ONLY_NODE = new Node("node", 0);

    private final long seed;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<HostSpec> hosts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<InetAddress> addresses = new HashSet<>();
    private @Nullable Instant start;
    private @Nullable Duration delay;

    WireBuilder(long seed) {
        this.seed = seed;
    }

    /**
     * Adds a node whose clock is right.
     *
     * @param name of no other node
     * @return this
     */
    public WireBuilder node(String name) {
        return node(name, Duration.ZERO);
    }

    /**
     * Adds a node.
     *
     * @param name of no other node
     * @param ahead how far its clock is ahead; behind when negative
     * @return this
     */
    public WireBuilder node(String name, Duration ahead) {
        if (nodes.putIfAbsent(name, new Node(name, ahead.toNanos())) != null) {
            throw new IllegalStateException("node " + name + " is already there");
        }
        return this;
    }

    /**
     * Adds a host, such as a pod.
     *
     * @param name of no other host
     * @param options given a collector for its node and addresses, of which there must be one at least
     * @return this
     */
    public WireBuilder host(String name, Consumer<HostOptions> options) {
        if (Literal.isAddress(name) || names.contains(name)) {
            throw new IllegalStateException(
                    "a host cannot be named " + name + ": that is an address, or already there");
        }
        HostOptions told = new HostOptions();
        options.accept(told);
        if (told.addresses().isEmpty()) {
            throw new IllegalStateException("host " + name + " has no address");
        }
        for (InetAddress address : told.addresses()) {
            if (addresses.contains(address)) {
                throw new IllegalStateException("address " + address.getHostAddress() + " is already another host's");
            }
        }
        HostSpec spec = new HostSpec(
                name, node(name, told), Mac.of(hosts.size() + 1), List.copyOf(told.addresses()), told.isNameServer());
        hosts.add(spec);
        names.add(name);
        addresses.addAll(spec.addresses());
        return this;
    }

    private Node node(String host, HostOptions told) {
        String named = told.node();
        if (named == null) {
            return nodes.values().stream().findFirst().orElse(ONLY_NODE);
        }
        Node node = nodes.get(named);
        if (node == null) {
            throw new IllegalStateException("host " + host + " is on a node that was not named before: " + named);
        }
        return node;
    }

    /**
     * Sets when the wire's virtual time begins, by a right clock. Without, on 2026-01-01T00:00:00Z.
     *
     * @param begin within the years 1970 to 2106, as pcap files have them
     * @return this
     */
    public WireBuilder startingAt(Instant begin) {
        start = Once.set("start", start, begin);
        return this;
    }

    /**
     * Sets how long a packet takes from one node to another. Without, 100 microseconds. Within a node it takes a tenth.
     *
     * @param oneWay not negative
     * @return this
     */
    public WireBuilder delay(Duration oneWay) {
        delay = Once.set("delay", delay, Once.notNegative("delay", oneWay));
        return this;
    }

    /** {@return the wire, on which nothing has happened yet} */
    public Wire build() {
        Events events = new Events();
        SplittableRandom random = new SplittableRandom(seed);
        Link link = new Link(events, random, (delay != null ? delay : DELAY).toNanos());
        Instant begin = start != null ? start : NEW_YEAR;
        long startNanos = begin.getEpochSecond() * 1_000_000_000L + begin.getNano();
        List<Host> made = new ArrayList<>();
        Host nameServer = null;
        for (HostSpec spec : hosts) {
            Host host = new Host(spec, link, events, random, startNanos);
            made.add(host);
            link.join(host);
            nameServer = nameServer == null && spec.nameServer() ? host : nameServer;
        }
        return new Wire(new Hosts(made, nameServer), link, events);
    }
}
