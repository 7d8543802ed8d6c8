package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A UDP datagram. Source: RFC 768. */
record UdpDatagram(int sourcePort, int destinationPort, ByteBuffer data) implements Payload {
    static final int PROTOCOL = 17;
    static final int HEADER = 8;

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public byte[] octets(InetAddress source, InetAddress destination) {
        byte[] octets = new byte[HEADER + data.remaining()];
        ByteBuffer to = ByteBuffer.wrap(octets);
        to.putShort((short) sourcePort).putShort((short) destinationPort);
        to.putShort((short) octets.length).putShort((short) 0).put(data.duplicate());
        int sum = Checksum.of(source, destination, PROTOCOL, octets);
        // A sum of zero would say that there is none.
        to.putShort(6, (short) (sum == 0 ? 0xffff : sum));
        return octets;
    }
}
