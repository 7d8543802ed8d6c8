package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** Asks what protocols a packet is of: of the link layer, of IP and of ISO. */
final class ProtocolTests {
    private static final int FRAGMENT_HEADER = 44;

    private final Source source;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;
    private final Scratch scratch;

    ProtocolTests(Source source, Headers headers, Conditions conditions, LinkProtocols linkProtocols, Scratch scratch) {
        this.source = source;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
        this.scratch = scratch;
    }

    /** A protocol that stands alone. */
    Condition alone(Protocol protocol) throws FilterSyntaxException {
        return switch (protocol) {
            case TCP, UDP, SCTP, PIM, AH, ESP -> anyIp(protocol.number);
            case ICMP, IGMP, IGRP, VRRP, CARP -> ip(protocol.number);
            case ICMP6 -> ip6(protocol.number);
            case IP -> linkProtocols.is(LinkProtocols.IP);
            case IP6 -> linkProtocols.is(LinkProtocols.IP6);
            case ARP -> linkProtocols.is(LinkProtocols.ARP);
            case RARP -> linkProtocols.is(LinkProtocols.RARP);
            case ISO -> linkProtocols.is(LinkProtocols.ISO);
            case ATALK, AARP, DECNET, LAT, SCA, MOPRC, MOPDL, STP, IPX, NETBEUI -> linkProtocols.is(protocol.number);
            case ESIS, ISIS, CLNP -> iso(protocol.number);
            case L1 -> isis(26, 24, 18, 17, 15);
            case L2 -> isis(27, 25, 20, 17, 16);
            case IIH -> isis(17, 16, 15);
            case LSP -> isis(20, 18);
            case SNP -> isis(27, 26, 25, 24);
            case CSNP -> isis(25, 24);
            case PSNP -> isis(27, 26);
            case LINK ->
                throw source.refused("link layer applied in wrong context: after it comes proto, host, src,"
                        + " dst, broadcast, multicast or [");
            case RADIO -> throw source.refused("'radio' is not a valid protocol type: it is of 802.11");
        };
    }

    /** A protocol by its number, within another; null for IP of both versions. */
    Condition within(@Nullable Protocol protocol, int number) throws FilterSyntaxException {
        if (protocol == null) {
            return anyIp(number);
        }
        return switch (protocol) {
            case IP -> ip(number);
            case IP6 -> ip6(number);
            case LINK -> linkProtocols.is(number);
            case ISO -> iso(number);
            case ISIS -> isis(number);
            case ARP, RARP -> throw source.refused(protocol.word.spelling() + " does not encapsulate another protocol");
            default ->
                throw source.refused("'" + protocol.word.spelling()
                        + " proto' is bogus: proto may follow ip, ip6, ether, iso, isis or none");
        };
    }

    private Condition anyIp(int number) throws FilterSyntaxException {
        return ip(number).or(ip6(number));
    }

    Condition ip(int number) throws FilterSyntaxException {
        return linkProtocols.is(LinkProtocols.IP).and(conditions.equal(headers.inNetwork(Bpf.B, 9), number));
    }

    /** Of the first header, or of the one behind that of a fragment. */
    private Condition ip6(int number) throws FilterSyntaxException {
        Quantity next = headers.inNetwork(Bpf.B, 6);
        return linkProtocols
                .is(LinkProtocols.IP6)
                .and(conditions
                        .equal(next, number)
                        .or(conditions
                                .equal(next, FRAGMENT_HEADER)
                                .and(conditions.equal(headers.inNetwork(Bpf.B, 40), number))));
    }

    private Condition iso(int number) throws FilterSyntaxException {
        Quantity octet =
                headers.inPayload(Bpf.B, headers.networkWithoutSnap + (headers.link == Link.CISCO_HDLC ? 1 : 0));
        return linkProtocols.is(LinkProtocols.ISO).and(conditions.equal(octet, number));
    }

    private Condition isis(int... types) throws FilterSyntaxException {
        Condition any = isis(types[0]);
        for (int i = 1; i < types.length; i++) {
            any = any.or(isis(types[i]));
        }
        return any;
    }

    private Condition isis(int type) throws FilterSyntaxException {
        Quantity octet = headers.inPayload(Bpf.B, headers.networkWithoutSnap + 4);
        return iso(Protocol.ISIS.number).and(conditions.equal(octet, type));
    }

    /** A protocol behind any number of others. */
    Condition chain(@Nullable Protocol protocol, int number) throws FilterSyntaxException {
        if (protocol == null) {
            // libpcap loses a word each time, which shows in what it refuses.
            scratch.take();
            return chain(4, number).or(chain(6, number));
        }
        return switch (protocol) {
            case IP -> chain(4, number);
            case IP6 -> chain(6, number);
            default -> throw source.refused("bad protocol applied for 'protochain': it may follow ip, ip6 or none");
        };
    }

    private Condition chain(int version, int number) throws FilterSyntaxException {
        if (headers.payload.base() != null) {
            throw source.refused("'protochain' not supported with variable length headers");
        }
        scratch.take();
        scratch.giveBack();
        scratch.chainFollowed();
        int network = headers.payload.offset() + headers.network;
        return linkProtocols
                .is(version == 4 ? LinkProtocols.IP : LinkProtocols.IP6)
                .and(Condition.doing(new HeaderChain(number, network, version)));
    }
}
