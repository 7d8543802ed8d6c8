package io.podcapture.pcap.filter;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests for what a name says: a host's by a resolver, if there is one, all others' from tables. */
final class Names {

    private final Source source;
    private final HostTests hosts;
    private final PortTests ports;
    private final @Nullable HostAddresses resolver;

    Names(Source source, HostTests hosts, PortTests ports, @Nullable HostAddresses resolver) {
        this.source = source;
        this.hosts = hosts;
        this.ports = ports;
        this.resolver = resolver;
    }

    Condition host(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol == Protocol.LINK) {
            throw source.refused("unknown ether host '" + name + "': hardware addresses have no names here");
        }
        if (resolver == null) {
            throw source.refused("unknown host '" + name
                    + "': names are not looked up; write the address, or compile with a NameResolver");
        }
        Condition any = null;
        List<InetAddress> addresses = resolver.of(name, protocol);
        if (addresses == null) {
            throw source.refused("unknown host '" + name + "': its resolver answered null, not a list");
        }
        for (InetAddress address : addresses) {
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
        return hosts.ipv6(words, Addresses.ipv6Mask(128), qualifiers);
    }

    /** 0 for any. */
    int portProtocol(Qualifiers qualifiers) throws FilterSyntaxException {
        Protocol protocol = qualifiers.protocol();
        if (protocol == null) {
            return 0;
        }
        return switch (protocol) {
            case TCP, UDP, SCTP -> protocol.number;
            default ->
                throw source.malformed("illegal qualifier of '" + qualifiers.kind().spelling + "': "
                        + protocol.word.spelling() + "; tcp, udp, sctp or none may stand there");
        };
    }

    Condition port(String name, Qualifiers qualifiers) throws FilterSyntaxException {
        int wanted = portProtocol(qualifiers);
        ServiceNames.Service service = ServiceNames.port(name);
        if (service == null) {
            throw source.refused("unknown port '" + name + "'");
        }
        int protocol = portProtocol(wanted, service.protocol(), "port '" + name + "'");
        return ports.port(service.port(), protocol, qualifiers.direction());
    }

    private int portProtocol(int wanted, int named, String what) throws FilterSyntaxException {
        if (wanted != 0 && named != 0 && wanted != named) {
            throw source.refused(what + " is " + (named == Protocol.TCP.number ? "tcp" : "udp"));
        }
        return wanted == 0 ? named : wanted;
    }

    Condition portRange(String text, Qualifiers qualifiers) throws FilterSyntaxException {
        int wanted = portProtocol(qualifiers);
        PortRange range = PortRange.of(text);
        if (range == null) {
            throw source.refused("unknown port in range '" + text + "': it is written FIRST-LAST");
        }
        int protocol = portProtocol(wanted, range.protocol(), "port in range '" + text + "'");
        return ports.ports(range.from(), range.to(), protocol, qualifiers.direction());
    }

    int protocol(String name, @Nullable Protocol within) throws FilterSyntaxException {
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
