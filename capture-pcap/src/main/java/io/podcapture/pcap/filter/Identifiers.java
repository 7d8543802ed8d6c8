package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** Tests for what a number or address says, given the words in front of it; {@link Names} has what names say. */
final class Identifiers {

    private final Source source;
    private final HostTests hosts;
    private final PortTests ports;
    private final ProtocolTests protocols;
    private final Names names;

    Identifiers(Source source, HostTests hosts, PortTests ports, ProtocolTests protocols, Names names) {
        this.source = source;
        this.hosts = hosts;
        this.ports = ports;
        this.protocols = protocols;
        this.names = names;
    }

    Condition number(int number, Qualifiers qualifiers) throws FilterSyntaxException {
        known(qualifiers);
        return switch (qualifiers.kind()) {
            case DEFAULT, HOST -> ipv4(number, -1, qualifiers);
            case NET -> {
                int address = number;
                int mask = -1;
                while (address != 0 && address >>> 24 == 0) {
                    address <<= 8;
                    mask <<= 8;
                }
                yield ipv4(address, mask, qualifiers);
            }
            case PORT -> {
                long port = Integer.toUnsignedLong(number);
                yield ports.port(port, names.portProtocol(qualifiers), qualifiers.direction());
            }
            case PORT_RANGE -> {
                long port = Integer.toUnsignedLong(number);
                yield ports.ports(port, port, names.portProtocol(qualifiers), qualifiers.direction());
            }
            case PROTOCOL -> protocols.within(qualifiers.protocol(), number);
            case PROTOCOL_CHAIN -> protocols.chain(qualifiers.protocol(), number);
            case GATEWAY -> throw gateway();
        };
    }

    private void known(Qualifiers qualifiers) throws FilterSyntaxException {
        if (!qualifiers.known()) {
            throw source.refused(
                    "syntax error in filter expression: nothing in front of this says what it is" + " (host, port, …)");
        }
    }

    private FilterSyntaxException gateway() {
        return source.refused("'gateway' not supported in this configuration");
    }

    private Condition ipv4(int address, int mask, Qualifiers qualifiers) throws FilterSyntaxException {
        if (qualifiers.protocol() == Protocol.LINK) {
            throw source.refused("illegal link layer address: ether compares hardware addresses");
        }
        return hosts.ipv4(address, mask, decnetRefused(qualifiers));
    }

    /** An address of IPv4, whole or its first parts. */
    Condition ipv4(String text, Qualifiers qualifiers) throws FilterSyntaxException {
        switch (qualifiers.kind()) {
            case PORT, PORT_RANGE, PROTOCOL, PROTOCOL_CHAIN ->
                throw source.refused("'" + qualifiers.kind().spelling + "' modifier applied to ip host");
            default -> {}
        }
        Addresses.Ipv4 address = Addresses.ipv4(source, text);
        known(qualifiers);
        if (qualifiers.kind() == Kind.GATEWAY) {
            throw gateway();
        }
        return ipv4(address.address(), address.mask(), qualifiers);
    }

    Condition ipv4Net(String text, int length, Qualifiers qualifiers) throws FilterSyntaxException {
        Addresses.Ipv4 address = Addresses.ipv4(source, text);
        if (Integer.compareUnsigned(length, 32) > 0) {
            throw source.malformed("mask length must be <= 32, not " + Integer.toUnsignedString(length));
        }
        int mask = length == 0 ? 0 : -1 << 32 - length;
        return ipv4Net(address.address(), mask, text + "/" + length, qualifiers);
    }

    Condition ipv4Net(String text, String maskText, Qualifiers qualifiers) throws FilterSyntaxException {
        Addresses.Ipv4 address = Addresses.ipv4(source, text);
        int mask = Addresses.ipv4(source, maskText).address();
        return ipv4Net(address.address(), mask, text + " mask " + maskText, qualifiers);
    }

    private Condition ipv4Net(int address, int mask, String text, Qualifiers qualifiers) throws FilterSyntaxException {
        if ((address & ~mask) != 0) {
            throw source.malformed("non-network bits set in \"" + text + "\"");
        }
        if (!qualifiers.isNet()) {
            throw networksOnly();
        }
        return hosts.ipv4(address, mask, decnetRefused(linkRefused(qualifiers)));
    }

    private Qualifiers linkRefused(Qualifiers qualifiers) throws FilterSyntaxException {
        if (qualifiers.protocol() == Protocol.LINK) {
            throw source.refused("link-layer modifier applied to net");
        }
        return qualifiers;
    }

    /** libpcap takes a node's address of DECnet in the form of an address of IPv4. */
    private Qualifiers decnetRefused(Qualifiers qualifiers) throws FilterSyntaxException {
        if (qualifiers.protocol() == Protocol.DECNET) {
            throw source.refused("'decnet' hosts are not supported");
        }
        return qualifiers;
    }

    private FilterSyntaxException networksOnly() {
        return source.malformed("Mask syntax for networks only: write net in front of it");
    }

    /** @param length of the mask, null if there is none */
    Condition ipv6(String text, @Nullable Integer length, Qualifiers qualifiers) throws FilterSyntaxException {
        int[] words = Addresses.ipv6(source, text);
        int[] mask = Addresses.ipv6Mask(128);
        if (length != null) {
            if (Integer.compareUnsigned(length, 128) > 0) {
                throw source.malformed("mask length must be <= 128, not " + Integer.toUnsignedString(length));
            }
            mask = Addresses.ipv6Mask(length);
            for (int i = 0; i < 4; i++) {
                if ((words[i] & ~mask[i]) != 0) {
                    throw source.malformed("non-network bits set in \"" + text + "/" + length + "\"");
                }
            }
            if (qualifiers.isHost() && length != 128) {
                throw networksOnly();
            }
        }
        if (!qualifiers.isHost() && !qualifiers.isNet()) {
            throw source.refused("invalid qualifier against IPv6 address: it may be a host or a net");
        }
        return hosts.ipv6(words, mask, qualifiers);
    }

    Condition mac(String text, Qualifiers qualifiers) throws FilterSyntaxException {
        if (!qualifiers.isHost() || qualifiers.protocol() != Protocol.LINK) {
            throw source.malformed("ethernet address used in non-ether expression: write ether host in front of it");
        }
        return hosts.mac(Addresses.mac(text), qualifiers);
    }

    Condition arcnet() throws FilterSyntaxException {
        throw source.refused("aid supported only on ARCnet, and filters for it are not supported");
    }

    Condition name(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        known(qualifiers);
        return switch (qualifiers.kind()) {
            case DEFAULT, HOST -> names.host(name, decnetRefused(qualifiers));
            case NET -> throw source.refused("unknown network '" + name + "': names of networks are not supported");
            case PORT -> names.port(name, qualifiers);
            case PORT_RANGE -> names.portRange(name, qualifiers);
            case PROTOCOL -> protocols.within(qualifiers.protocol(), names.protocol(name, qualifiers.protocol()));
            case PROTOCOL_CHAIN -> protocols.chain(qualifiers.protocol(), names.protocol(name, qualifiers.protocol()));
            case GATEWAY -> throw gateway();
        };
    }
}
