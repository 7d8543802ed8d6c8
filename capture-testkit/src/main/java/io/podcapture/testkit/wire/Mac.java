package io.podcapture.testkit.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

/** A hardware address: six octets, in the lower 48 bits of a number. */
record Mac(long value) {
    static final Mac NONE = new Mac(0);
    static final Mac BROADCAST = new Mac(0xffff_ffff_ffffL);

    /** As a container runtime gives them: locally administered. */
    static Mac of(int number) {
        return new Mac(0x02_00_00_00_00_00L | number & 0xffff_ffffL);
    }

    /** RFC 2464, section 7: 33:33 and the last four octets of the group. */
    static Mac ofGroup(InetAddress group) {
        if (!(group instanceof Inet6Address)) {
            throw new IllegalArgumentException(group + " is not a group of IPv6");
        }
        return new Mac(0x3333_0000_0000L | ByteBuffer.wrap(group.getAddress()).getInt(12) & 0xffff_ffffL);
    }

    boolean isGroup() {
        return (value >> 40 & 1) == 1;
    }

    void put(ByteBuffer to) {
        to.putShort((short) (value >> 32)).putInt((int) value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%012x", value).replaceAll("(..)(?!$)", "$1:");
    }
}
