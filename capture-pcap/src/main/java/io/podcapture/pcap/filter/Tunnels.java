package io.podcapture.pcap.filter;

import java.util.List;

/** What a packet may be wrapped in. Each primitive asks for it, and moves the headers for all that follows in the text. */
final class Tunnels {
    private static final int GENEVE_PORT = 6081;
    private static final int ETHERNET_IN_GENEVE = 0x6558;

    private final Source source;
    private final Quantities values;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;
    private final PortTests ports;
    private final Scratch scratch;

    Tunnels(
            Source source,
            Quantities values,
            Headers headers,
            Conditions conditions,
            LinkProtocols linkProtocols,
            PortTests ports,
            Scratch scratch) {
        this.source = source;
        this.values = values;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
        this.ports = ports;
        this.scratch = scratch;
    }

    /** @param tag -1 for any */
    Condition vlan(long tag) throws FilterSyntaxException {
        if (headers.labels > 0) {
            throw source.refused("no VLAN match after MPLS");
        }
        if (headers.link != Link.ETHERNET) {
            throw unsupported("VLAN");
        }
        Condition vlan = linkProtocols.is(0x8100).or(linkProtocols.is(0x88a8)).or(linkProtocols.is(0x9100));
        if (tag >= 0) {
            limit("VLAN tag", tag, 4095);
            vlan = vlan.and(conditions.equal(headers.inPayload(Bpf.H, 0), (int) tag, 0x0fff));
        }
        headers.type = headers.type.plus(4);
        headers.payload = headers.payload.plus(4);
        return vlan;
    }

    private FilterSyntaxException unsupported(String what) {
        return source.refused("no " + what + " support for " + headers.link.description);
    }

    private void limit(String what, long number, int most) throws FilterSyntaxException {
        if (number > most) {
            throw source.refused(what + " " + number + " greater than maximum " + most);
        }
    }

    /** @param label -1 for any */
    Condition mpls(long label) throws FilterSyntaxException {
        Condition mpls;
        if (headers.labels > 0) {
            mpls = conditions.equal(headers.inNetwork(Bpf.B, -2), 0, 1);
        } else {
            mpls = switch (headers.link) {
                case ETHERNET, CISCO_HDLC -> linkProtocols.is(0x8847);
                case PPP -> linkProtocols.is(0x0281);
                default -> throw unsupported("MPLS");
            };
        }
        if (label >= 0) {
            limit("MPLS label", label, 0xfffff);
            mpls = mpls.and(conditions.equal(headers.inNetwork(Bpf.W, 0), (int) label << 12, 0xfffff000));
        }
        headers.network += 4;
        headers.networkWithoutSnap += 4;
        headers.labels++;
        return mpls;
    }

    Condition pppoeDiscovery() throws FilterSyntaxException {
        return linkProtocols.is(0x8863);
    }

    /** @param session -1 for any */
    Condition pppoeSession(long session) throws FilterSyntaxException {
        Condition pppoe = linkProtocols.is(0x8864);
        if (session >= 0) {
            limit("PPPoE session number", session, 0xffff);
            pppoe = pppoe.and(conditions.equal(headers.inNetwork(Bpf.W, 0), (int) session, 0xffff));
        }
        headers.link = Link.PPP;
        headers.header = headers.payload.plus(headers.network + 6);
        headers.type = headers.header;
        headers.payload = headers.header.plus(2);
        headers.network = 0;
        headers.networkWithoutSnap = 0;
        return pppoe;
    }

    /** @param network its identifier, -1 for any */
    Condition geneve(long network) throws FilterSyntaxException {
        limit("Geneve VNI", network, 0xffffff);
        Headers.Place ip4 = headers.transport();
        Headers.Place ip6 = headers.payload.plus(headers.network + 40);
        Condition over4 = ports.ipv4(PortTests.Range.of(GENEVE_PORT), Protocol.UDP.number, Direction.DESTINATION)
                .and(version(ip4, network));
        Condition over6 = ports.ipv6(PortTests.Range.of(GENEVE_PORT), Protocol.UDP.number, Direction.DESTINATION)
                .and(version(ip6, network));
        List<Integer> words = List.of(scratch.takeForGood(), scratch.takeForGood(), scratch.takeForGood());
        Condition geneve = over4.and(inner(ip4, words)).or(over6.and(inner(ip6, words)));
        headers.link = Link.ETHERNET;
        headers.header = new Headers.Place(0, values.scratch(words.get(0)));
        headers.type = new Headers.Place(0, values.scratch(words.get(1)));
        headers.payload = new Headers.Place(0, values.scratch(words.get(2)));
        headers.network = 0;
        headers.networkWithoutSnap = 3;
        headers.inGeneve = true;
        return geneve;
    }

    private Condition version(Headers.Place udp, long network) {
        Condition zero = conditions.equal(headers.load(Bpf.B, udp, 8), 0, 0xc0);
        return network < 0
                ? zero
                : zero.and(conditions.equal(headers.load(Bpf.W, udp, 12), (int) network << 8, 0xffffff00));
    }

    /** Keeps where the packet within begins, behind options whose length in words is in the header. */
    private Condition inner(Headers.Place udp, List<Integer> words) {
        Quantity options = values.operation(Bpf.LSH, values.operation(Bpf.AND, headers.load(Bpf.B, udp, 8), 0x3f), 2);
        Quantity base = udp.base();
        Quantity offset = base == null ? options : values.operation(Bpf.ADD, options, base);
        Quantity inner = values.operation(Bpf.ADD, offset, udp.offset() + 16);
        Quantity type =
                base == null ? values.constant(udp.offset() + 10) : values.operation(Bpf.ADD, base, udp.offset() + 10);
        Assignment ethernet = new Assignment(
                words, List.of(inner, values.operation(Bpf.ADD, inner, 12), values.operation(Bpf.ADD, inner, 14)));
        Assignment other = new Assignment(words, List.of(inner, type, inner));
        return conditions
                .equal(headers.load(Bpf.H, udp, 10), ETHERNET_IN_GENEVE)
                .choose(Condition.doing(ethernet), Condition.doing(other));
    }
}
