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

    /** As {@link #port}, of a range whose ends may be in either order. */
    Condition ports(long from, long to, int protocol, Direction direction) throws FilterSyntaxException {
        long last = Math.max(from, to);
        if (last > 0xffff) {
            throw source.refused("illegal port number " + (from > 0xffff ? from : to) + " > 65535");
        }
        Range range = new Range((int) Math.min(from, to), (int) last, true);
        return ipv6(range, protocol, direction).or(ipv4(range, protocol, direction));
    }

    /** @param protocol number of the protocol, 0 for any that has ports */
    Condition port(long port, int protocol, Direction direction) throws FilterSyntaxException {
        if (port > 0xffff) {
            throw source.refused("illegal port number " + port + " > 65535");
        }
        Range range = Range.of((int) port);
        return ipv6(range, protocol, direction).or(ipv4(range, protocol, direction));
    }

    /**
     * Ports to compare with.
     *
     * @param compared whether with both ends, even of a range of one: so does libpcap, and then does not see that two
     *     such ranges exclude each other
     */
    record Range(int low, int high, boolean compared) {
        static Range of(int port) {
            return new Range(port, port, false);
        }
    }

    /** As {@link #port}, over IPv4 alone. */
    Condition ipv4(Range range, int protocol, Direction direction) throws FilterSyntaxException {
        Condition ip = linkProtocols.is(LinkProtocols.IP);
        Condition any = null;
        for (int number : protocol == 0 ? ALL : new int[] {protocol}) {
            Condition one = conditions
                    .equal(headers.inNetwork(Bpf.B, 9), number)
                    .and(notLaterFragment())
                    .and(sides(headers.inTransport(Bpf.H, 0), headers.inTransport(Bpf.H, 2), range, direction));
            any = any == null ? one : any.or(one);
        }
        return any == null ? ip : ip.and(any);
    }

    Condition notLaterFragment() {
        return conditions.equal(headers.inNetwork(Bpf.H, 6), 0, FRAGMENT_OFFSET);
    }

    Condition ipv6(Range range, int protocol, Direction direction) throws FilterSyntaxException {
        Condition ip = linkProtocols.is(LinkProtocols.IP6);
        Condition any = null;
        for (int number : protocol == 0 ? ALL : new int[] {protocol}) {
            Condition one = conditions
                    .equal(headers.inNetwork(Bpf.B, 6), number)
                    .and(sides(headers.inTransport6(Bpf.H, 0), headers.inTransport6(Bpf.H, 2), range, direction));
            any = any == null ? one : any.or(one);
        }
        return any == null ? ip : ip.and(any);
    }

    private Condition sides(Quantity source, Quantity destination, Range range, Direction direction)
            throws FilterSyntaxException {
        return switch (direction) {
            case SOURCE -> within(source, range);
            case DESTINATION -> within(destination, range);
            case BOTH -> within(source, range).and(within(destination, range));
            case EITHER -> within(source, range).or(within(destination, range));
            case WIRELESS -> throw this.source.refused("addr1 to addr4, ra and ta are no directions of ports");
        };
    }

    private Condition within(Quantity port, Range range) {
        return range.compared
                ? conditions
                        .atLeast(port, range.low)
                        .and(conditions.greater(port, range.high).not())
                : conditions.equal(port, range.low);
    }
}
