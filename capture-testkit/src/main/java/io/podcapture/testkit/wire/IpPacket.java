package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IP packet without options or extension headers. Sources: RFC 791, section 3.1; RFC 8200, section 3.
 *
 * @param identification of IPv4: 0 to 65535
 */
record IpPacket(
        InetAddress source, InetAddress destination, int identification, int hopLimit, Payload payload, Purpose purpose)
        implements Content {
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;

    private static final int DONT_FRAGMENT = 0x4000;

    boolean isIpv4() {
        return Literal.isIpv4(destination);
    }

    @Override
    public int etherType() {
        return isIpv4() ? 0x0800 : 0x86dd;
    }

    @Override
    public byte[] octets() {
        byte[] carried = payload.octets(source, destination);
        return isIpv4() ? ipv4(carried) : ipv6(carried);
    }

    private byte[] ipv4(byte[] carried) {
        byte[] header = new byte[IPV4_HEADER];
        ByteBuffer to = ByteBuffer.wrap(header);
        to.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + carried.length));
        to.putShort((short) identification).putShort((short) DONT_FRAGMENT);
        to.put((byte) hopLimit).put((byte) payload.protocol()).putShort((short) 0);
        to.put(source.getAddress()).put(destination.getAddress());
        to.putShort(10, (short) Checksum.of(header));
        return ByteBuffer.allocate(header.length + carried.length)
                .put(header)
                .put(carried)
                .array();
    }

    private byte[] ipv6(byte[] carried) {
        ByteBuffer to = ByteBuffer.allocate(IPV6_HEADER + carried.length);
        to.putInt(0x6000_0000).putShort((short) carried.length);
        to.put((byte) payload.protocol()).put((byte) hopLimit);
        return to.put(source.getAddress())
                .put(destination.getAddress())
                .put(carried)
                .array();
    }
}
