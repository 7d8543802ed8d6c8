package io.podcapture.testkit.cluster;

import java.nio.ByteBuffer;

/**
 * A packet as an interface saw it.
 *
 * @param interfaceName of the interface that saw it
 * @param sent whether its pod sent it; else it received it
 * @param timestampNanos since 1970-01-01T00:00:00Z, by the clock of the node
 * @param octets all of it, read-only
 */
record SimulatedFrame(String interfaceName, boolean sent, long timestampNanos, ByteBuffer octets) {
    /** The kernel gives the outgoing copy of what a host sends to itself too, and libpcap leaves it out. */
    boolean isOutgoingLoopback() {
        return sent && interfaceName.equals(PodInterfaces.LOOPBACK);
    }

    int length() {
        return octets.remaining();
    }

    /** Returns the packet as the interface {@code any} has it: LINUX_SLL2 instead of Ethernet. */
    SimulatedFrame cooked() {
        int ethernet = 14;
        boolean loopback = interfaceName.equals(PodInterfaces.LOOPBACK);
        ByteBuffer cooked = ByteBuffer.allocate(20 + octets.remaining() - ethernet);
        cooked.putShort(octets.getShort(12)).putShort((short) 0);
        cooked.putInt(loopback ? 1 : 2).putShort((short) (loopback ? 772 : 1));
        cooked.put(packetType()).put((byte) 6);
        cooked.put(octets.slice(6, 6)).putShort((short) 0);
        cooked.put(octets.slice(ethernet, octets.remaining() - ethernet)).flip();
        return new SimulatedFrame(interfaceName, sent, timestampNanos, cooked);
    }

    /** Returns who it is for, as the kernel sees it. Source: LINKTYPE_LINUX_SLL2, "Packet type". */
    private byte packetType() {
        if (sent) {
            return 4;
        }
        boolean group = (octets.get(0) & 1) != 0;
        boolean broadcast = octets.getShort(0) == -1 && octets.getInt(2) == -1;
        return (byte) (broadcast ? 1 : group ? 2 : 0);
    }
}
