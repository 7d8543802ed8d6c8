package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A message of ICMP or ICMPv6. Sources: RFC 792; RFC 4443, sections 2.1 and 2.3.
 *
 * @param rest the four octets behind the checksum
 */
record IcmpMessage(boolean ipv4, int type, int code, int rest, ByteBuffer body) implements Payload {
    static final int PROTOCOL = 1;
    static final int PROTOCOL_IPV6 = 58;
    static final int NEIGHBOR_SOLICITATION = 135;
    static final int NEIGHBOR_ADVERTISEMENT = 136;

    private static final int HEADER = 8;

    /** Of an error of IPv6, which must not exceed what each link carries whole: RFC 4443, section 2.4. */
    private static final int LARGEST_QUOTE_IPV6 = 1280 - IpPacket.IPV6_HEADER - HEADER;

    /** Linux quotes as much as fits 576 octets: RFC 1812, section 4.3.2.3. */
    private static final int LARGEST_QUOTE = 576 - IpPacket.IPV4_HEADER - HEADER;

    static IcmpMessage echoRequest(boolean ipv4, int identifier, int sequence, ByteBuffer body) {
        return new IcmpMessage(ipv4, ipv4 ? 8 : 128, 0, identifier << 16 | sequence & 0xffff, body);
    }

    static IcmpMessage echoReply(IcmpMessage to) {
        return new IcmpMessage(to.ipv4, to.ipv4 ? 0 : 129, 0, to.rest, to.body);
    }

    /** Answers a datagram to a port nobody listens on. */
    static IcmpMessage portUnreachable(IpPacket undelivered) {
        boolean ipv4 = undelivered.isIpv4();
        byte[] octets = undelivered.octets();
        int quoted = Math.min(octets.length, ipv4 ? LARGEST_QUOTE : LARGEST_QUOTE_IPV6);
        ByteBuffer quote = ByteBuffer.wrap(octets, 0, quoted);
        return new IcmpMessage(ipv4, ipv4 ? 3 : 1, ipv4 ? 3 : 4, 0, quote);
    }

    boolean isEchoRequest() {
        return type == (ipv4 ? 8 : 128);
    }

    boolean isEchoReply() {
        return type == (ipv4 ? 0 : 129);
    }

    int identifier() {
        return rest >>> 16;
    }

    @Override
    public int protocol() {
        return ipv4 ? PROTOCOL : PROTOCOL_IPV6;
    }

    @Override
    public byte[] octets(InetAddress source, InetAddress destination) {
        byte[] octets = new byte[HEADER + body.remaining()];
        ByteBuffer to = ByteBuffer.wrap(octets);
        to.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(body.duplicate());
        int sum = ipv4 ? Checksum.of(octets) : Checksum.of(source, destination, PROTOCOL_IPV6, octets);
        to.putShort(2, (short) sum);
        return octets;
    }
}
