package io.podcapture.pcap.filter;

/** Primitives of the link layer: broadcast, LLC, directions and lengths. */
final class LinkTests {
    private static final byte[] EVERYONE = {-1, -1, -1, -1, -1, -1};

    private final Source source;
    private final Quantities values;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;

    LinkTests(Source source, Quantities values, Headers headers, Conditions conditions, LinkProtocols linkProtocols) {
        this.source = source;
        this.values = values;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
    }

    /** The condition, and that there is a link header: what geneve carries need not have one. */
    Condition withHeader(Condition condition) {
        if (!headers.inGeneve) {
            return condition;
        }
        Quantity header = headers.header.base();
        Quantity payload = headers.payload.base();
        Condition none = header != null && payload != null
                // Behind further headers too, libpcap compares where both began.
                ? conditions.compare(Bpf.JEQ, header, payload)
                : conditions.compare(Bpf.JEQ, start(headers.header), start(headers.payload));
        return none.not().and(condition);
    }

    private Quantity start(Headers.Place place) {
        Quantity base = place.base();
        if (base == null) {
            return values.constant(place.offset());
        }
        return place.offset() == 0 ? base : values.operation(Bpf.ADD, base, place.offset());
    }

    Condition mac(int offset, byte[] address) {
        int first = (address[0] & 0xff) << 8 | address[1] & 0xff;
        int rest = 0;
        for (int i = 2; i < address.length; i++) {
            rest = rest << 8 | address[i] & 0xff;
        }
        return conditions
                .equal(headers.inHeader(Bpf.W, offset + 2), rest)
                .and(conditions.equal(headers.inHeader(Bpf.H, offset), first));
    }

    Condition broadcast() throws FilterSyntaxException {
        if (headers.link != Link.ETHERNET) {
            throw source.refused("not a broadcast link: " + headers.link.description);
        }
        return withHeader(mac(0, EVERYONE));
    }

    Condition multicast() throws FilterSyntaxException {
        if (headers.link != Link.ETHERNET) {
            throw source.refused(
                    "link-layer multicast filters are supported on Ethernet only, not on " + headers.link.description);
        }
        return withHeader(conditions.equal(headers.inHeader(Bpf.B, 0), 0, 1).not());
    }

    /** The addresses of all hosts of a net whose mask is not known: all zeros or all ones, as libpcap has it for files. */
    Condition ipBroadcast() throws FilterSyntaxException {
        Quantity destination = headers.inNetwork(Bpf.W, 16);
        return linkProtocols
                .is(LinkProtocols.IP)
                .and(conditions.equal(destination, 0).or(conditions.equal(destination, -1)));
    }

    Condition ipMulticast() throws FilterSyntaxException {
        return linkProtocols.is(LinkProtocols.IP).and(conditions.atLeast(headers.inNetwork(Bpf.B, 16), 224));
    }

    Condition ip6Multicast() throws FilterSyntaxException {
        return linkProtocols.is(LinkProtocols.IP6).and(conditions.equal(headers.inNetwork(Bpf.B, 24), 255));
    }

    Condition length(int operation, int octets) {
        return conditions.compare(operation, values.length(), values.constant(octets));
    }

    /** One octet of the link header, compared by a sign. */
    Condition octet(int offset, Word sign, int number) {
        Quantity octet = headers.inHeader(Bpf.B, offset);
        return switch (sign) {
            case EQUAL -> conditions.equal(octet, number);
            case LESS_THAN -> conditions.atLeast(octet, number).not();
            case GREATER_THAN -> conditions.greater(octet, number);
            // libpcap 1.10 forgets to load the octet; at a filter's start there is 0 in its place.
            case BIT_AND ->
                conditions
                        .equal(values.operation(Bpf.AND, values.leftOver(), number), 0)
                        .not();
            default ->
                conditions
                        .equal(values.operation(Bpf.OR, values.leftOver(), number), 0)
                        .not();
        };
    }

    Condition direction(boolean inbound) throws FilterSyntaxException {
        Condition outbound =
                switch (headers.link) {
                    case LINUX_SLL -> conditions.equal(headers.inHeader(Bpf.H, 0), 4);
                    case LINUX_SLL2 -> conditions.equal(headers.inHeader(Bpf.B, 10), 4);
                    default ->
                        throw source.refused("inbound/outbound not supported on " + headers.link.description
                                + " when reading savefiles: only the system that captures live knows the direction");
                };
        return inbound ? outbound.not() : outbound;
    }

    Condition interfaceIndex(int index) throws FilterSyntaxException {
        if (headers.link != Link.LINUX_SLL2) {
            throw source.refused("ifindex not supported on " + headers.link.description
                    + " when reading savefiles: only the system that captures live knows the interface");
        }
        return conditions.equal(headers.inHeader(Bpf.W, 4), index);
    }

    /** @param type empty for any */
    Condition llc(String type) throws FilterSyntaxException {
        int mask;
        int number;
        switch (type) {
            case "" -> {
                mask = 0;
                number = 0;
            }
            case "i" -> {
                mask = 1;
                number = 0;
            }
            case "s", "u" -> {
                mask = 3;
                number = type.equals("s") ? 1 : 3;
            }
            case "rr", "rnr", "rej" -> {
                mask = 0x0f;
                number = type.equals("rr") ? 0x01 : type.equals("rnr") ? 0x05 : 0x09;
            }
            default -> {
                mask = 0xef;
                number = unnumbered(type);
            }
        }
        if (headers.link != Link.ETHERNET) {
            throw source.refused("'llc' not supported for " + headers.link.description);
        }
        Condition llc = linkProtocols
                .hasLength()
                .and(conditions.equal(headers.inPayload(Bpf.H, 0), 0xffff).not());
        return mask == 0 ? llc : llc.and(conditions.equal(headers.inPayload(Bpf.B, 2), number, mask));
    }

    private int unnumbered(String type) throws FilterSyntaxException {
        return switch (type) {
            case "ui" -> 0x03;
            case "ua" -> 0x63;
            case "disc" -> 0x43;
            case "dm" -> 0x0f;
            case "sabme" -> 0x6f;
            case "test" -> 0xe3;
            case "xid" -> 0xaf;
            case "frmr" -> 0x87;
            default ->
                throw source.refused("unknown LLC type name \"" + type
                        + "\": one of i, s, u, rr, rnr, rej, ui, ua, disc, dm, sabme, test, xid, frmr");
        };
    }
}
