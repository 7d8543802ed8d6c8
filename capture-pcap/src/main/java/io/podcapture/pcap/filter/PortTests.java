package io.podcapture.pcap.filter;

/** Compares the ports of TCP, UDP and SCTP, which no fragment but the first has. */
final class PortTests {
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int[] ALL = {Protocol.SCTP.number, Protocol.TCP.number, Protocol.UDP.number};

    private final Source source;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;

    PortTests(Source source, Headers headers, Conditions conditions, LinkProtocols linkProtocols) {
        this.source = source;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
    }

    /** @param protocol number of the protocol, 0 for any that has ports */
    Condition ports(long from, long to, int protocol, Direction direction) throws FilterSyntaxException {
        long last = Math.max(from, to);
        if (last > 0xffff) {
            throw source.refused("illegal port number " + (from > 0xffff ? from : to) + " > 65535");
        }
        int low = (int) Math.min(from, to);
        return ipv6(low, (int) last, protocol, direction).or(ipv4(low, (int) last, protocol, direction));
    }

    /** Of UDP over IPv4. */
    Condition ipv4(int low, int high, int protocol, Direction direction) throws FilterSyntaxException {
        Condition ip = linkProtocols.is(LinkProtocols.IP);
        Condition any = null;
        for (int number : protocol == 0 ? ALL : new int[] {protocol}) {
            Condition one = conditions
                    .equal(headers.inNetwork(Bpf.B, 9), number)
                    .and(notLaterFragment())
                    .and(sides(headers.inTransport(Bpf.H, 0), headers.inTransport(Bpf.H, 2), low, high, direction));
            any = any == null ? one : any.or(one);
        }
        return any == null ? ip : ip.and(any);
    }

    Condition notLaterFragment() {
        return conditions.equal(headers.inNetwork(Bpf.H, 6), 0, FRAGMENT_OFFSET);
    }

    Condition ipv6(int low, int high, int protocol, Direction direction) throws FilterSyntaxException {
        Condition ip = linkProtocols.is(LinkProtocols.IP6);
        Condition any = null;
        for (int number : protocol == 0 ? ALL : new int[] {protocol}) {
            Condition one = conditions
                    .equal(headers.inNetwork(Bpf.B, 6), number)
                    .and(sides(headers.inTransport6(Bpf.H, 0), headers.inTransport6(Bpf.H, 2), low, high, direction));
            any = any == null ? one : any.or(one);
        }
        return any == null ? ip : ip.and(any);
    }

    private Condition sides(Quantity source, Quantity destination, int low, int high, Direction direction)
            throws FilterSyntaxException {
        return switch (direction) {
            case SOURCE -> within(source, low, high);
            case DESTINATION -> within(destination, low, high);
            case BOTH -> within(source, low, high).and(within(destination, low, high));
            case EITHER -> within(source, low, high).or(within(destination, low, high));
            case WIRELESS -> throw this.source.refused("addr1 to addr4, ra and ta are no directions of ports");
        };
    }

    private Condition within(Quantity port, int low, int high) {
        return low == high
                ? conditions.equal(port, low)
                : conditions
                        .atLeast(port, low)
                        .and(conditions.greater(port, high).not());
    }
}
