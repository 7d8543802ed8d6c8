package io.podcapture.pcap.filter;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** What the parts of a compiler share while one filter is compiled. */
final class Compilation {
    final Source source;
    final Quantities values = new Quantities();
    final Questions questions = new Questions(values);
    final Scratch scratch;
    final LinkTests linkTests;
    final ProtocolTests protocols;
    final Identifiers identifiers;
    final Arithmetic arithmetic;
    final Tunnels tunnels;

    Compilation(String expression, Link link, ByteOrder byteOrder, @Nullable HostAddresses resolver) {
        source = new Source(expression);
        scratch = new Scratch(source);
        Headers headers = new Headers(values, link);
        Conditions conditions = new Conditions(values, questions);
        LinkProtocols linkProtocols =
                new LinkProtocols(source, headers, conditions, byteOrder == ByteOrder.LITTLE_ENDIAN);
        PortTests ports = new PortTests(source, headers, conditions, linkProtocols);
        linkTests = new LinkTests(source, values, headers, conditions, linkProtocols);
        protocols = new ProtocolTests(source, headers, conditions, linkProtocols, scratch);
        HostTests hosts = new HostTests(source, headers, conditions, linkProtocols, linkTests);
        identifiers = new Identifiers(source, hosts, ports, protocols, new Names(source, hosts, ports, resolver));
        arithmetic = new Arithmetic(source, values, headers, conditions, linkProtocols, protocols, ports, scratch);
        tunnels = new Tunnels(source, values, headers, conditions, linkProtocols, ports, scratch);
    }
}
