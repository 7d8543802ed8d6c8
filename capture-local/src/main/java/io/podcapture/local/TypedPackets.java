package io.podcapture.local;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketView;
import java.nio.ByteBuffer;
import java.util.Set;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.factory.PacketFactories;
import org.pcap4j.packet.namednumber.DataLinkType;
import org.pcap4j.packet.namednumber.EtherType;

/**
 * Shows packets of capture files as packets of pcap4j, which have names for their fields: {@code
 * TypedPackets.of(view).get(TcpPacket.class)}. Needs no libpcap.
 *
 * <p>Ethernet and Linux cooked captures of the first version are seen with that header; raw IP, the second version and BSD
 * loopback as what they carry, for pcap4j does not know these headers, or reads them only from a machine like its own. Safe for
 * use by several threads.
 *
 * @since 0.1
 */
public final class TypedPackets {
    // LINKTYPE_LINUX_SLL2: the protocol at 0, the ARPHRD type at 8, the packet at 20.
    private static final int COOKED_V2 = 20;
    private static final int ARPHRD = 8;
    // Netlink, frame relay and radiotap: their protocol is no EtherType.
    private static final Set<Integer> NO_ETHER_TYPE = Set.of(824, 770, 803);

    private static final int LOOPBACK = 4;

    private TypedPackets() {}

    /**
     * Returns a packet of pcap4j with a copy of the octets.
     *
     * @param packet of a file or a running cursor; a cursor may go on afterwards
     * @return never null: an {@link UnknownPacket} for other link types and for what ends within its first header, an {@link
     *     org.pcap4j.packet.IllegalPacket} where a field contradicts the octets, by itself or as payload of what could be read,
     *     also where a snapshot length cut the packet
     */
    public static Packet of(PacketView packet) {
        ByteBuffer data = packet.data();
        byte[] octets = new byte[data.remaining()];
        data.duplicate().get(octets);
        LinkType link = packet.linkType();
        if (link.equals(LinkType.ETHERNET)) {
            return framed(octets, DataLinkType.EN10MB);
        }
        if (link.equals(LinkType.LINUX_SLL)) {
            return framed(octets, DataLinkType.LINUX_SLL);
        }
        if (link.equals(LinkType.LINUX_SLL2)) {
            return cookedV2(octets);
        }
        if (link.equals(LinkType.NULL) || link.equals(LinkType.LOOP)) {
            return ip(octets, LOOPBACK);
        }
        if (link.equals(LinkType.RAW) || link.equals(LinkType.IPV4) || link.equals(LinkType.IPV6)) {
            return ip(octets, 0);
        }
        return unknown(octets, 0);
    }

    private static Packet framed(byte[] octets, DataLinkType type) {
        if (octets.length == 0) {
            return unknown(octets, 0);
        }
        return PacketFactories.getFactory(Packet.class, DataLinkType.class).newInstance(octets, 0, octets.length, type);
    }

    private static Packet cookedV2(byte[] octets) {
        if (octets.length <= COOKED_V2) {
            return unknown(octets, 0);
        }
        if (NO_ETHER_TYPE.contains(int16(octets, ARPHRD))) {
            return unknown(octets, COOKED_V2);
        }
        return carried(octets, COOKED_V2, (short) int16(octets, 0));
    }

    // The family that BSD loopback has before it differs from system to system; the packet's own version does not.
    private static Packet ip(byte[] octets, int at) {
        int version = octets.length > at ? octets[at] >> 4 & 0xf : 0;
        return switch (version) {
            case 4 -> carried(octets, at, EtherType.IPV4.value());
            case 6 -> carried(octets, at, EtherType.IPV6.value());
            default -> unknown(octets, 0);
        };
    }

    private static Packet carried(byte[] octets, int at, short etherType) {
        return PacketFactories.getFactory(Packet.class, EtherType.class)
                .newInstance(octets, at, octets.length - at, EtherType.getInstance(etherType));
    }

    // The factory refuses to make an empty one.
    private static Packet unknown(byte[] octets, int at) {
        byte[] rest = new byte[octets.length - at];
        System.arraycopy(octets, at, rest, 0, rest.length);
        return new UnknownPacket.Builder().rawData(rest).build();
    }

    private static int int16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
