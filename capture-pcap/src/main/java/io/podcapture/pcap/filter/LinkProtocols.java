package io.podcapture.pcap.filter;

/** What the link layer says its payload is, as a number of Ethernet: a type above 1500, else a service access point. */
final class LinkProtocols {
    static final int IP = 0x0800;
    static final int ARP = 0x0806;
    static final int RARP = 0x8035;
    static final int IP6 = 0x86dd;
    static final int ISO = 0xfe;

    private static final int IPX = 0xe0;
    private static final int IPX_TYPE = 0x8137;
    private static final int APPLETALK = 0x809b;
    private static final int AARP = 0x80f3;
    private static final int LONGEST_LENGTH = 1500;

    private final Source source;
    private final Headers headers;
    private final Conditions conditions;
    private final boolean swapped;

    /** @param swapped whether BSD loopback's family is little-endian */
    LinkProtocols(Source source, Headers headers, Conditions conditions, boolean swapped) {
        this.source = source;
        this.headers = headers;
        this.conditions = conditions;
        this.swapped = swapped;
    }

    Condition is(int protocol) throws FilterSyntaxException {
        if (headers.labels > 0) {
            return behindLabels(protocol);
        }
        return switch (headers.link) {
            case ETHERNET -> ethernet(protocol);
            case LINUX_SLL -> cooked(protocol);
            case LINUX_SLL2 -> type(protocol);
            case RAW -> raw(protocol);
            case IPV4 -> protocol == IP ? conditions.always() : conditions.never();
            case IPV6 -> protocol == IP6 ? conditions.always() : conditions.never();
            case NULL, LOOP -> loopback(protocol);
            case PPP -> type(ppp(protocol));
            case CISCO_HDLC -> type(protocol == ISO ? 0xfefe : protocol);
            case NFLOG ->
                throw source.refused(
                        headers.link.description + " cannot be filtered by protocol: only len, less, greater, byte and"
                                + " link[…] are possible");
        };
    }

    private Condition type(int protocol) {
        return conditions.equal(headers.inType(Bpf.H, 0), protocol);
    }

    private Condition payload(int size, int number) {
        return conditions.equal(headers.inPayload(size, 0), number);
    }

    /** A SNAP header behind that of LLC: an organization of 24 bits and its protocol. */
    private Condition snap(int organization, int protocol) {
        return conditions
                .equal(headers.inPayload(Bpf.W, 4), organization << 16 | protocol)
                .and(payload(Bpf.W, 0xaaaa0300 | organization >>> 16));
    }

    private Condition appleSnap(int protocol) {
        return snap(protocol == APPLETALK ? 0x080007 : 0, protocol);
    }

    private Condition ethernet(int protocol) {
        return switch (protocol) {
            case APPLETALK, AARP -> type(protocol).or(hasLength().and(appleSnap(protocol)));
            case ISO, 0x06, 0xf0 -> hasLength().and(payload(Bpf.H, protocol << 8 | protocol));
            case IPX ->
                type(IPX_TYPE)
                        .or(hasLength()
                                .and(snap(0, IPX_TYPE).or(payload(Bpf.B, IPX)).or(payload(Bpf.H, 0xffff))));
            default ->
                Integer.compareUnsigned(protocol, LONGEST_LENGTH) > 0
                        ? type(protocol)
                        : hasLength().and(conditions.equal(headers.inType(Bpf.B, 2), protocol));
        };
    }

    /** Whether Ethernet's type field is a length, and a header of LLC follows. */
    Condition hasLength() {
        return conditions.greater(headers.inType(Bpf.H, 0), LONGEST_LENGTH).not();
    }

    private Condition cooked(int protocol) {
        return switch (protocol) {
            case APPLETALK, AARP -> type(protocol).or(type(4).and(appleSnap(protocol)));
            case ISO, 0x06, 0xf0 -> type(4).and(payload(Bpf.H, protocol << 8 | protocol));
            case IPX ->
                type(IPX_TYPE).or(type(1)).or(type(4).and(payload(Bpf.B, IPX).or(snap(0, IPX_TYPE))));
            default ->
                Integer.compareUnsigned(protocol, LONGEST_LENGTH) > 0
                        ? type(protocol)
                        : type(4).and(conditions.equal(headers.inType(Bpf.B, 2), protocol));
        };
    }

    private Condition raw(int protocol) {
        return switch (protocol) {
            case IP -> conditions.equal(headers.inHeader(Bpf.B, 0), 0x40, 0xf0);
            case IP6 -> conditions.equal(headers.inHeader(Bpf.B, 0), 0x60, 0xf0);
            default -> conditions.never();
        };
    }

    /** The numbers of the address families are those of BSD; that of IPv6 is another on each. */
    private Condition loopback(int protocol) {
        return switch (protocol) {
            case IP -> family(2);
            case IP6 -> family(30).or(family(24)).or(family(28));
            default -> conditions.never();
        };
    }

    private Condition family(int family) {
        boolean littleEndian = swapped && headers.link == Link.NULL;
        return conditions.equal(headers.inHeader(Bpf.W, 0), littleEndian ? Integer.reverseBytes(family) : family);
    }

    private static int ppp(int protocol) {
        return switch (protocol) {
            case IP -> 0x21;
            case IP6 -> 0x57;
            case 0x6003 -> 0x27;
            case APPLETALK -> 0x29;
            case 0x0600 -> 0x25;
            case ISO -> 0x23;
            case 0x42 -> 0x31;
            case IPX -> 0x2b;
            default -> protocol;
        };
    }

    /** The last label is marked as such, and what follows it is told by its first bits. */
    private Condition behindLabels(int protocol) throws FilterSyntaxException {
        int version =
                switch (protocol) {
                    case IP -> 0x40;
                    case IP6 -> 0x60;
                    default ->
                        throw source.refused("behind mpls only ip and ip6 can be told, not protocol 0x"
                                + Integer.toHexString(protocol));
                };
        return conditions
                .equal(headers.inNetwork(Bpf.B, -2), 1, 1)
                .and(conditions.equal(headers.inNetwork(Bpf.B, 0), version, 0xf0));
    }
}
