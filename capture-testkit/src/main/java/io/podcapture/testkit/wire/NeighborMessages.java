package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Messages of neighbor discovery. Source: RFC 4861, sections 4.3, 4.4 and 4.6.1. */
final class NeighborMessages {
    private static final int SOURCE_ADDRESS = 1;
    private static final int TARGET_ADDRESS = 2;
    private static final int SOLICITED_AND_OVERRIDE = 0x6000_0000;

    /** So that no router can have passed them on. */
    private static final int HOP_LIMIT = 255;

    private NeighborMessages() {}

    static IpPacket solicitation(Mac mac, InetAddress source, InetAddress wanted) {
        return packet(
                source, solicitedNode(wanted), IcmpMessage.NEIGHBOR_SOLICITATION, 0, body(wanted, SOURCE_ADDRESS, mac));
    }

    static IpPacket advertisement(Mac mac, InetAddress wanted, InetAddress asking) {
        return packet(
                wanted,
                asking,
                IcmpMessage.NEIGHBOR_ADVERTISEMENT,
                SOLICITED_AND_OVERRIDE,
                body(wanted, TARGET_ADDRESS, mac));
    }

    private static IpPacket packet(InetAddress from, InetAddress to, int type, int rest, ByteBuffer body) {
        return new IpPacket(from, to, 0, HOP_LIMIT, new IcmpMessage(false, type, 0, rest, body), Purpose.UPKEEP);
    }

    private static ByteBuffer body(InetAddress wanted, int option, Mac mac) {
        ByteBuffer body = ByteBuffer.allocate(24);
        body.put(wanted.getAddress()).put((byte) option).put((byte) 1);
        mac.put(body);
        return body.flip();
    }

    static InetAddress target(IcmpMessage message) {
        byte[] octets = new byte[16];
        message.body().get(0, octets);
        return address(octets);
    }

    static Mac mac(IcmpMessage message) {
        return new Mac(message.body().getLong(16) & 0xffff_ffff_ffffL);
    }

    /** RFC 4291, section 2.7.1: ff02::1:ff00:0 and the last three octets. */
    private static InetAddress solicitedNode(InetAddress wanted) {
        byte[] octets = wanted.getAddress();
        byte[] group = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte) 0xff, octets[13], octets[14], octets[15]};
        return address(group);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
