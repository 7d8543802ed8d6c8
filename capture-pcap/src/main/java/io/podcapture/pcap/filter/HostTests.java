package io.podcapture.pcap.filter;

/** Compares the addresses of IP, IPv6, ARP and RARP. */
final class HostTests {
    private static final String MAC_ONLY_ON =
            "hardware addresses can be compared on Ethernet only, and the link type is ";

    private final Source source;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;
    private final LinkTests linkTests;

    HostTests(Source source, Headers headers, Conditions conditions, LinkProtocols linkProtocols, LinkTests linkTests) {
        this.source = source;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
        this.linkTests = linkTests;
    }

    Condition ipv4(int address, int mask, Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol == null) {
            Condition ip = ip(address, mask, qualifiers.direction());
            // Behind a label only IP can be told.
            return headers.labels > 0
                    ? ip
                    : ip.or(arp(LinkProtocols.ARP, address, mask, qualifiers.direction()))
                            .or(arp(LinkProtocols.RARP, address, mask, qualifiers.direction()));
        }
        return switch (protocol) {
            case IP -> ip(address, mask, qualifiers.direction());
            case ARP -> arp(LinkProtocols.ARP, address, mask, qualifiers.direction());
            case RARP -> arp(LinkProtocols.RARP, address, mask, qualifiers.direction());
            default ->
                throw source.malformed(protocol.quoted() + " modifier applied to " + what(qualifiers)
                        + ": an address of IPv4 may follow ip, arp, rarp or none");
        };
    }

    private static String what(Qualifiers qualifiers) {
        return qualifiers.isNet() ? "net" : "host";
    }

    private Condition ip(int address, int mask, Direction direction) throws FilterSyntaxException {
        return either(
                direction,
                new Side() {
                    @Override
                    public Condition at(int offset) throws FilterSyntaxException {
                        return ipv4(LinkProtocols.IP, offset, address, mask);
                    }
                },
                12,
                16);
    }

    /** The addresses of sender and target. */
    private Condition arp(int protocol, int address, int mask, Direction direction) throws FilterSyntaxException {
        return either(
                direction,
                new Side() {
                    @Override
                    public Condition at(int offset) throws FilterSyntaxException {
                        return ipv4(protocol, offset, address, mask);
                    }
                },
                14,
                24);
    }

    private Condition ipv4(int protocol, int offset, int address, int mask) throws FilterSyntaxException {
        return linkProtocols.is(protocol).and(conditions.equal(headers.inNetwork(Bpf.W, offset), address, mask));
    }

    /** @param words of the address, and as many of the mask */
    Condition ipv6(int[] words, int[] mask, Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol != null && protocol != Protocol.IP6) {
            throw source.malformed(protocol.quoted() + " modifier applied to ip6 " + what(qualifiers)
                    + ": an address of IPv6 may follow ip6 or none");
        }
        return either(
                qualifiers.direction(),
                new Side() {
                    @Override
                    public Condition at(int offset) throws FilterSyntaxException {
                        return ipv6(offset, words, mask);
                    }
                },
                8,
                24);
    }

    private Condition ipv6(int offset, int[] words, int[] mask) throws FilterSyntaxException {
        Condition condition = linkProtocols.is(LinkProtocols.IP6);
        for (int i = 0; i < words.length; i++) {
            condition = condition.and(conditions.equal(headers.inNetwork(Bpf.W, offset + 4 * i), words[i], mask[i]));
        }
        return condition;
    }

    Condition mac(byte[] address, Qualifiers qualifiers) throws FilterSyntaxException {
        if (headers.link != Link.ETHERNET) {
            throw source.refused(MAC_ONLY_ON + headers.link.description);
        }
        Condition equal = either(
                qualifiers.direction(),
                new Side() {
                    @Override
                    public Condition at(int offset) throws FilterSyntaxException {
                        return linkTests.mac(offset, address);
                    }
                },
                6,
                0);
        return linkTests.withHeader(equal);
    }

    /** Implemented by no lambda: see docs/adr/0018. */
    private interface Side {
        Condition at(int offset) throws FilterSyntaxException;
    }

    private Condition either(Direction direction, Side side, int source, int destination) throws FilterSyntaxException {
        return switch (direction) {
            case SOURCE -> side.at(source);
            case DESTINATION -> side.at(destination);
            case BOTH -> side.at(source).and(side.at(destination));
            case EITHER -> side.at(source).or(side.at(destination));
            case WIRELESS ->
                throw this.source.refused(
                        "addr1 to addr4, ra and ta are of 802.11, and filters for it are not supported");
        };
    }
}
