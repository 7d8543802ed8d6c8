package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a line of the script happens: ended by what happens. The hosts of a line are named by their names; the one that is
 * called also by an address, which nobody need have.
 *
 * @since 0.1
 */
public final class Schedule {
    private final Wire wire;
    private final Duration period;
    private @Nullable Duration first;
    private @Nullable Integer times;

    Schedule(Wire wire, Duration period) {
        this.wire = wire;
        this.period = period;
    }

    /**
     * Sets how often the line happens. Without, one that has a period does so without end.
     *
     * @param number at least 1
     * @return this
     */
    public Schedule times(int number) {
        times = Once.set("times", times, Once.atLeast(1, "times", number));
        return this;
    }

    /**
     * Sets when it happens first. Without, at the wire's present moment.
     *
     * @param time since the wire's begin, not before its present moment
     * @return this
     */
    public Schedule from(Duration time) {
        if (time.compareTo(wire.now()) < 0) {
            throw new IllegalArgumentException("it is " + wire.now() + " already, later than " + time);
        }
        first = Once.set("from", first, time);
        return this;
    }

    /**
     * A client calls a server by TCP.
     *
     * @param client a host
     * @param server a host or an address
     * @param port 1 to 65535
     * @param call told what is exchanged
     * @return the wire
     */
    public Wire tcp(String client, String server, int port, Consumer<TcpExchange> call) {
        TcpExchange exchange = told(new TcpExchange(), call);
        Parties parties = parties(client, server, port, exchange);
        TcpScript script = exchange.script();
        return line(() -> TcpCall.begin(parties, port, script));
    }

    /**
     * A client requests something of a server by HTTP/1.1.
     *
     * @param client a host
     * @param server a host or an address
     * @param port 1 to 65535
     * @param call told what is exchanged
     * @return the wire
     */
    public Wire http(String client, String server, int port, Consumer<HttpExchange> call) {
        HttpExchange exchange = told(new HttpExchange(), call);
        Parties parties = parties(client, server, port, exchange);
        TcpScript script = exchange.script(server, port);
        return line(() -> TcpCall.begin(parties, port, script));
    }

    /**
     * A client sends datagrams to a server.
     *
     * @param client a host
     * @param server a host or an address
     * @param port 1 to 65535
     * @param call told what is exchanged
     * @return the wire
     */
    public Wire udp(String client, String server, int port, Consumer<UdpExchange> call) {
        UdpExchange exchange = told(new UdpExchange(), call);
        Parties parties = parties(client, server, port, exchange);
        UdpCall.check(parties, exchange);
        return line(() -> UdpCall.begin(parties, port, exchange));
    }

    /**
     * A client asks the wire's name server.
     *
     * @param client a host
     * @param name to look up, whole: there are no search domains
     * @param call told the answers
     * @return the wire
     */
    public Wire dns(String client, String name, Consumer<DnsLookup> call) {
        DnsLookup lookup = told(new DnsLookup(), call);
        lookup.answers();
        String asked = DnsMessage.checked(name);
        Parties parties = parties(client, wire.hosts().nameServer().name(), DnsCall.PORT, lookup);
        return line(() -> DnsCall.begin(parties, asked, lookup));
    }

    /**
     * A host sends an echo request.
     *
     * @param client a host
     * @param to a host or an address
     * @param call told what is special
     * @return the wire
     */
    public Wire ping(String client, String to, Consumer<Ping> call) {
        Ping ping = told(new Ping(), call);
        Parties parties = parties(client, to, ping.isIpv6());
        return line(() -> ping.begin(parties));
    }

    /**
     * A host asks once who has an address, by ARP or for IPv6 by neighbor discovery, whether it knows or not. Unasked, each
     * host does so before its first packet to a neighbor.
     *
     * @param host that asks
     * @param address of no host, or of another one
     * @return the wire
     */
    public Wire arp(String host, String address) {
        InetAddress wanted = Literal.address(address);
        Parties parties = parties(host, address, !Literal.isIpv4(wanted));
        return line(() -> parties.client().ask(parties.local(), wanted));
    }

    private static <E> E told(E exchange, Consumer<E> call) {
        call.accept(exchange);
        return exchange;
    }

    private Parties parties(String client, String server, int port, Exchange<?> exchange) {
        Once.within(1, 0xffff, "port", port);
        return parties(client, server, exchange.isIpv6());
    }

    private Parties parties(String client, String server, boolean ipv6) {
        return Parties.of(wire.hosts(), client, server, ipv6);
    }

    private Wire line(Runnable happening) {
        Integer often = times != null ? times : period.isZero() ? Integer.valueOf(1) : null;
        Duration begin = first != null ? first : wire.now();
        return wire.schedule(begin.toNanos(), period.toNanos(), often, happening);
    }
}
