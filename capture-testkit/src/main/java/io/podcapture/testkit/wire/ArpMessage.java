package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A message of ARP for IPv4 on Ethernet. Source: RFC 826, "Packet format". */
record ArpMessage(boolean request, Mac sender, InetAddress senderAddress, Mac target, InetAddress targetAddress)
        implements Content {
    @Override
    public int etherType() {
        return 0x0806;
    }

    @Override
    public Purpose purpose() {
        return Purpose.UPKEEP;
    }

    @Override
    public byte[] octets() {
        ByteBuffer to = ByteBuffer.allocate(28);
        to.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
        to.putShort((short) (request ? 1 : 2));
        sender.put(to);
        to.put(senderAddress.getAddress());
        target.put(to);
        return to.put(targetAddress.getAddress()).array();
    }
}
