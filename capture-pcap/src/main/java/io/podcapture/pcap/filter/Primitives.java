package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** Reads what stands by itself in a filter, and the words in front of names. */
final class Primitives {
    private final Compilation compilation;
    private final Source source;
    private final Words words;
    private final Identifiers identifiers;

    Primitives(Compilation compilation, Words words) {
        this.compilation = compilation;
        this.words = words;
        source = compilation.source;
        identifiers = compilation.identifiers;
    }

    /** An address or name, which is the current word. */
    Condition identifier(Qualifiers qualifiers) throws FilterSyntaxException {
        Token token = words.next();
        source.at(token);
        String text = token.text();
        switch (token.word()) {
            case NAME -> {
                return identifiers.name(text, qualifiers);
            }
            case MAC -> {
                return identifiers.mac(text, qualifiers);
            }
            case AID -> {
                return identifiers.arcnet();
            }
            default -> {}
        }
        boolean ipv4 = token.word() == Word.IPV4;
        if (ipv4 && words.is(Word.MASK)) {
            words.next();
            String mask = words.take(Word.IPV4, "a mask such as 255.255.0.0").text();
            return identifiers.ipv4Net(text, mask, qualifiers);
        }
        Integer length = null;
        if (words.is(Word.DIVIDE)) {
            words.next();
            length = words.take(Word.NUMBER, "the length of a mask").number();
        }
        if (!ipv4) {
            return identifiers.ipv6(text, length, qualifiers);
        }
        return length == null ? identifiers.ipv4(text, qualifiers) : identifiers.ipv4Net(text, length, qualifiers);
    }

    /** Words in front of a name, behind a protocol or none; null if there are none. */
    @Nullable
    Qualifiers qualifiers(@Nullable Protocol protocol) throws FilterSyntaxException {
        Direction direction = direction();
        Kind kind =
                switch (words.current().word()) {
                    case HOST -> Kind.HOST;
                    case NET -> Kind.NET;
                    case PORT -> Kind.PORT;
                    case PORTRANGE -> Kind.PORT_RANGE;
                    case PROTO -> Kind.PROTOCOL;
                    case PROTOCHAIN -> Kind.PROTOCOL_CHAIN;
                    case GATEWAY -> Kind.GATEWAY;
                    default -> Kind.DEFAULT;
                };
        if (direction != null && kind.compareTo(Kind.PROTOCOL) >= 0) {
            throw words.unexpected("host, net, port, portrange or a name");
        }
        if (kind != Kind.DEFAULT) {
            words.next();
        }
        if (direction == null && kind == Kind.DEFAULT) {
            return null;
        }
        return new Qualifiers(protocol, direction == null ? Direction.EITHER : direction, kind);
    }

    private @Nullable Direction direction() throws FilterSyntaxException {
        switch (words.current().word()) {
            case ADDR1, ADDR2, ADDR3, ADDR4, RA, TA -> {
                words.next();
                return Direction.WIRELESS;
            }
            case SRC, DST -> {
                boolean source = words.next().word() == Word.SRC;
                if (!words.is(Word.AND) && !words.is(Word.OR)) {
                    return source ? Direction.SOURCE : Direction.DESTINATION;
                }
                boolean both = words.next().word() == Word.AND;
                words.take(source ? Word.DST : Word.SRC, source ? "dst" : "src");
                return both ? Direction.BOTH : Direction.EITHER;
            }
            default -> {
                return null;
            }
        }
    }

    /**
     * @param protocol read already; null if none was
     * @param token the first of the primitive
     */
    Condition primitive(@Nullable Protocol protocol, Token token) throws FilterSyntaxException {
        source.at(token);
        switch (words.current().word()) {
            case BROADCAST -> {
                words.next();
                return broadcast(protocol);
            }
            case MULTICAST -> {
                words.next();
                return multicast(protocol);
            }
            case TYPE, SUBTYPE, DIRECTION -> throw outOfScope(words.current(), "802.11");
            default -> {
                return protocol == null ? single(words.next()) : compilation.protocols.alone(protocol);
            }
        }
    }

    private Condition broadcast(@Nullable Protocol protocol) throws FilterSyntaxException {
        if (protocol == null || protocol == Protocol.LINK) {
            return compilation.linkTests.broadcast();
        }
        if (protocol != Protocol.IP) {
            throw source.refused("only link-layer/IP broadcast filters supported");
        }
        return compilation.linkTests.ipBroadcast();
    }

    private Condition multicast(@Nullable Protocol protocol) throws FilterSyntaxException {
        if (protocol == null || protocol == Protocol.LINK) {
            return compilation.linkTests.multicast();
        }
        return switch (protocol) {
            case IP -> compilation.linkTests.ipMulticast();
            case IP6 -> compilation.linkTests.ip6Multicast();
            default -> throw source.refused("IP multicast filters supported only with ether, ip or ip6");
        };
    }

    private Condition single(Token token) throws FilterSyntaxException {
        LinkTests link = compilation.linkTests;
        Tunnels tunnels = compilation.tunnels;
        return switch (token.word()) {
            case LESS ->
                link.length(
                                Bpf.JGT,
                                words.take(Word.NUMBER, "a number of octets").number())
                        .not();
            case GREATER ->
                link.length(
                        Bpf.JGE, words.take(Word.NUMBER, "a number of octets").number());
            case BYTE -> octet();
            case INBOUND -> link.direction(true);
            case OUTBOUND -> link.direction(false);
            case IFINDEX -> link.interfaceIndex(interfaceNumber());
            case VLAN -> tunnels.vlan(optionalNumber());
            case MPLS -> tunnels.mpls(optionalNumber());
            case PPPOED -> tunnels.pppoeDiscovery();
            case PPPOES -> tunnels.pppoeSession(optionalNumber());
            case GENEVE -> tunnels.geneve(optionalNumber());
            case LLC -> link.llc(llcType());
            case IFNAME, RULESET, RNR, SRNR, REASON, ACTION -> packetFilterLog(token);
            case LANE, METAC, BCC, OAM, OAMF4, OAMF4EC, OAMF4SC, SC, ILMIC, VPI, VCI, CONNECTMSG, METACONNECT ->
                throw outOfScope(token, "raw ATM");
            case FISU, LSSU, MSU, HFISU, HLSSU, HMSU, SIO, OPC, DPC, SLS, HSIO, HOPC, HDPC, HSLS ->
                throw outOfScope(token, "SS7 (MTP2)");
            default ->
                throw source.malformed("syntax error: " + token.described()
                        + " where a primitive such as tcp, host or ip[0] = 1 was expected");
        };
    }

    /** Earlier libpcaps take the word in front for the name of a host, behind which anything may stand. */
    private int interfaceNumber() throws FilterSyntaxException {
        if (!words.is(Word.NUMBER)) {
            throw source.refused(words.current().start(), words.fault("the number of an interface"));
        }
        return words.next().number();
    }

    private String llcType() throws FilterSyntaxException {
        if (words.is(Word.RNR)) {
            words.next();
            return Word.RNR.spelling();
        }
        if (!words.is(Word.NAME)) {
            return "";
        }
        source.at(words.current());
        return words.next().text();
    }

    private Condition octet() throws FilterSyntaxException {
        int offset = words.take(Word.NUMBER, "the offset of an octet").number();
        Word sign = words.current().word();
        switch (sign) {
            case BIT_AND, BIT_OR, LESS_THAN, GREATER_THAN, EQUAL -> words.next();
            default -> throw words.unexpected("one of = < > & |");
        }
        return compilation.linkTests.octet(
                offset, sign, words.take(Word.NUMBER, "a number").number());
    }

    /** -1 if there is none. */
    private long optionalNumber() throws FilterSyntaxException {
        return words.is(Word.NUMBER) || words.is(Word.OPEN)
                ? Integer.toUnsignedLong(words.number().number())
                : -1;
    }

    private Condition packetFilterLog(Token token) throws FilterSyntaxException {
        boolean number = token.word() == Word.RNR || token.word() == Word.SRNR;
        if (!(words.is(Word.NUMBER) && (number || token.word() == Word.REASON) || words.is(Word.NAME) && !number)) {
            throw words.unexpected(number ? "a number" : "a name");
        }
        throw outOfScope(token, "PF");
    }

    private FilterSyntaxException outOfScope(Token token, String linkType) {
        return source.refused(
                token.start(),
                "'" + token.text() + "' supported only on " + linkType + ", and filters for it are not supported");
    }
}
