package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/** Makes of an Ethernet frame what a capture on {@code any} has. Source: LINKTYPE_LINUX_SLL2, "Packet structure". */
final class Cooked {
    private static final int HEADER = 20;
    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int BROADCAST = 1;
    private static final int MULTICAST = 2;
    private static final int OUTGOING = 4;

    private Cooked() {}

    static WirePacket of(WirePacket packet) {
        ByteBuffer frame = packet.data();
        boolean loopback = packet.interfaceName().equals(WireInterface.LOOPBACK);
        int carried = frame.remaining() - Frame.HEADER;
        byte[] octets = new byte[HEADER + carried];
        ByteBuffer to = ByteBuffer.wrap(octets);
        to.putShort(frame.getShort(12)).putShort((short) 0);
        to.putInt(loopback ? WireInterface.LOOPBACK_INDEX : WireInterface.ETHERNET_INDEX);
        to.putShort((short) (loopback ? ARPHRD_LOOPBACK : ARPHRD_ETHER));
        to.put((byte) type(packet, frame)).put((byte) 6);
        to.put(frame.slice(6, 6)).putShort((short) 0);
        to.put(frame.slice(Frame.HEADER, carried));
        return new WirePacket(packet.interfaceName(), packet.timestampNanos(), packet.sent(), octets, octets.length);
    }

    private static int type(WirePacket packet, ByteBuffer frame) {
        if (packet.sent()) {
            return OUTGOING;
        }
        if ((frame.get(0) & 1) == 0) {
            return 0;
        }
        return (frame.getLong(0) >>> 16) == Mac.BROADCAST.value() ? BROADCAST : MULTICAST;
    }
}
