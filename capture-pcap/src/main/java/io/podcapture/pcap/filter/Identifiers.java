package io.podcapture.pcap.filter;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tests what a number, address or name is, given the words in front of it. */
final class Identifiers {
    private static final int[] WHOLE_IPV6 = {-1, -1, -1, -1};

    private final Source source;
    private final HostTests hosts;
    private final PortTests ports;
    private final ProtocolTests protocols;
    private final @Nullable NameResolver resolver;

    Identifiers(
            Source source,
            HostTests hosts,
            PortTests ports,
            ProtocolTests protocols,
            @Nullable NameResolver resolver) {
        this.source = source;
        this.hosts = hosts;
        this.ports = ports;
        this.protocols = protocols;
        this.resolver = resolver;
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
            case PORT, PORT_RANGE -> {
                long port = Integer.toUnsignedLong(number);
                yield ports.ports(port, port, portProtocol(qualifiers), qualifiers.direction());
            }
            case PROTOCOL -> protocols.within(qualifiers.protocol(), number);
            case PROTOCOL_CHAIN -> protocols.chain(qualifiers.protocol(), number);
            case GATEWAY -> throw gateway();
        };
    }

    private void known(Qualifiers qualifiers) throws FilterSyntaxException {
        if (!qualifiers.known()) {
            throw source.refused("syntax error in filter expression: nothing in front of this says what it is"
                    + " (host, port, …)");
        }
    }

    private FilterSyntaxException gateway() {
        return source.refused("'gateway' not supported in this configuration");
    }

    private Condition ipv4(int address, int mask, Qualifiers qualifiers) throws FilterSyntaxException {
        if (qualifiers.protocol() == Protocol.LINK) {
            throw source.refused("illegal link layer address: ether compares hardware addresses");
        }
        if (qualifiers.protocol() == Protocol.DECNET) {
            throw source.refused("'decnet' hosts are not supported");
        }
        return hosts.ipv4(address, mask, qualifiers);
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
            throw source.refused("mask length must be <= 32, not " + Integer.toUnsignedString(length));
        }
        int mask = length == 0 ? 0 : -1 << 32 - length;
        return ipv4Net(address.address(), mask, text + "/" + length, qualifiers);
    }

    Condition ipv4Net(String text, String maskText, Qualifiers qualifiers) throws FilterSyntaxException {
        Addresses.Ipv4 address = Addresses.ipv4(source, text);
        int mask = Addresses.ipv4(source, maskText).address();
        return ipv4Net(address.address(), mask, text + " mask " + maskText, qualifiers);
    }

    private Condition ipv4Net(int address, int mask, String text, Qualifiers qualifiers)
            throws FilterSyntaxException {
        if ((address & ~mask) != 0) {
            throw source.refused("non-network bits set in \"" + text + "\"");
        }
        if (!qualifiers.isNet()) {
            throw networksOnly();
        }
        return hosts.ipv4(address, mask, linkRefused(qualifiers));
    }

    private Qualifiers linkRefused(Qualifiers qualifiers) throws FilterSyntaxException {
        if (qualifiers.protocol() == Protocol.LINK) {
            throw source.refused("link-layer modifier applied to net");
        }
        return qualifiers;
    }

    private FilterSyntaxException networksOnly() {
        return source.refused("Mask syntax for networks only: write net in front of it");
    }

    /** @param length of the mask, null if there is none */
    Condition ipv6(String text, @Nullable Integer length, Qualifiers qualifiers) throws FilterSyntaxException {
        int[] words = Addresses.ipv6(source, text);
        int[] mask = WHOLE_IPV6;
        if (length != null) {
            if (Integer.compareUnsigned(length, 128) > 0) {
                throw source.refused("mask length must be <= 128, not " + Integer.toUnsignedString(length));
            }
            mask = Addresses.ipv6Mask(length);
            for (int i = 0; i < 4; i++) {
                if ((words[i] & ~mask[i]) != 0) {
                    throw source.refused("non-network bits set in \"" + text + "/" + length + "\"");
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
            throw source.refused("ethernet address used in non-ether expression: write ether host in front of it");
        }
        return hosts.mac(Addresses.mac(text), qualifiers);
    }

    Condition arcnet() throws FilterSyntaxException {
        throw source.refused("aid supported only on ARCnet, and filters for it are not supported");
    }

    Condition name(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        known(qualifiers);
        return switch (qualifiers.kind()) {
            case DEFAULT, HOST -> host(name, qualifiers);
            case NET -> throw source.refused("unknown network '" + name + "': names of networks are not supported");
            case PORT -> port(name, qualifiers);
            case PORT_RANGE -> portRange(name, qualifiers);
            case PROTOCOL -> protocols.within(qualifiers.protocol(), protocol(name, qualifiers.protocol()));
            case PROTOCOL_CHAIN -> protocols.chain(qualifiers.protocol(), protocol(name, qualifiers.protocol()));
            case GATEWAY -> throw gateway();
        };
    }

    private Condition host(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol == Protocol.LINK) {
            throw source.refused("unknown ether host '" + name + "': hardware addresses have no names here");
        }
        if (resolver == null) {
            throw source.refused("unknown host '" + name
                    + "': names are not looked up; write the address, or compile with a NameResolver");
        }
        Condition any = null;
        for (InetAddress address : resolver.addresses(name)) {
            Condition one = host(address, qualifiers);
            any = any == null ? one : one == null ? any : any.or(one);
        }
        if (any == null) {
            throw source.refused("unknown host '" + name + "'" + (protocol == null ? "" : " for that protocol"));
        }
        return any;
    }

    /** Null if the address is of the other version of IP than was asked for. */
    private @Nullable Condition host(InetAddress address, Qualifiers qualifiers) throws FilterSyntaxException {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        if (address instanceof Inet4Address) {
            return qualifiers.protocol() == Protocol.IP6 ? null : hosts.ipv4(octets.getInt(), -1, qualifiers);
        }
        if (qualifiers.protocol() == Protocol.IP || !(address instanceof Inet6Address)) {
            return null;
        }
        int[] words = {octets.getInt(), octets.getInt(), octets.getInt(), octets.getInt()};
        return hosts.ipv6(words, WHOLE_IPV6, qualifiers);
    }

    /** 0 for any. */
    private int portProtocol(Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol == null) {
            return 0;
        }
        return switch (protocol) {
            case TCP, UDP, SCTP -> protocol.number;
            default ->
                throw source.refused("illegal qualifier of '" + qualifiers.kind().spelling + "': "
                        + protocol.word.spelling() + "; tcp, udp, sctp or none may stand there");
        };
    }

    private Condition port(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        int wanted = portProtocol(qualifiers);
        ServiceNames.Service service = ServiceNames.port(name);
        if (service == null) {
            throw source.refused("unknown port '" + name + "'");
        }
        int protocol = portProtocol(wanted, service.protocol(), "port '" + name + "'");
        return ports.ports(service.port(), service.port(), protocol, qualifiers.direction());
    }

    private int portProtocol(int wanted, int named, String what) throws FilterSyntaxException {
        if (wanted != 0 && named != 0 && wanted != named) {
            throw source.refused(what + " is " + (named == Protocol.TCP.number ? "tcp" : "udp"));
        }
        return wanted == 0 ? named : wanted;
    }

    private Condition portRange(String text, Qualifiers qualifiers) throws FilterSyntaxException {
        int wanted = portProtocol(qualifiers);
        PortRange range = PortRange.of(text);
        if (range == null) {
            throw source.refused("unknown port in range '" + text + "': it is written FIRST-LAST");
        }
        int protocol = portProtocol(wanted, range.protocol(), "port in range '" + text + "'");
        return ports.ports(range.from(), range.to(), protocol, qualifiers.direction());
    }

    private int protocol(String name, @Nullable Protocol within) throws FilterSyntaxException {
        Integer number;
        String what;
        if (within == null || within == Protocol.IP || within == Protocol.IP6) {
            number = ServiceNames.ipProtocol(name);
            what = "unknown ip proto '";
        } else if (within == Protocol.LINK) {
            number = etherProtocol(name);
            what = "unknown ether proto '";
        } else if (within == Protocol.ISO) {
            number = switch (name) {
                case "esis" -> Protocol.ESIS.number;
                case "isis" -> Protocol.ISIS.number;
                case "clnp" -> Protocol.CLNP.number;
                default -> null;
            };
            what = "unknown osi proto '";
        } else {
            number = null;
            what = "unknown protocol: '";
        }
        if (number == null) {
            throw source.refused(what + name + "'");
        }
        return number;
    }

    private static @Nullable Integer etherProtocol(String name) {
        return switch (name) {
            case "ip" -> LinkProtocols.IP;
            case "ip6" -> LinkProtocols.IP6;
            case "arp" -> LinkProtocols.ARP;
            case "rarp" -> LinkProtocols.RARP;
            case "iso" -> LinkProtocols.ISO;
            case "loopback" -> 0x9000;
            case "aarp" -> Protocol.AARP.number;
            case "atalk" -> Protocol.ATALK.number;
            case "decnet" -> Protocol.DECNET.number;
            case "lat" -> Protocol.LAT.number;
            case "mopdl" -> Protocol.MOPDL.number;
            case "moprc" -> Protocol.MOPRC.number;
            case "sca" -> Protocol.SCA.number;
            case "stp" -> Protocol.STP.number;
            case "ipx" -> Protocol.IPX.number;
            case "netbeui" -> Protocol.NETBEUI.number;
            default -> null;
        };
    }
}
