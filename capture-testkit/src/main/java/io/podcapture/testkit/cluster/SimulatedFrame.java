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
        cooked.put((byte) (sent ? 4 : 0)).put((byte) 6);
        cooked.put(octets.slice(6, 6)).putShort((short) 0);
        cooked.put(octets.slice(ethernet, octets.remaining() - ethernet)).flip();
        return new SimulatedFrame(interfaceName, sent, timestampNanos, cooked);
    }
}
