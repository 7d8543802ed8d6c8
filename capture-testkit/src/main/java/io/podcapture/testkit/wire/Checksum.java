package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The Internet checksum. Source: RFC 1071, section 1; pseudo headers: RFC 9293, section 3.1, and RFC 8200, section 8.1. */
final class Checksum {
    private Checksum() {}

    /** {@return the sum over octets in which the checksum's own are zero} */
    static int of(byte[] octets) {
        return folded(sum(octets));
    }

    /** {@return the sum over a pseudo header and a payload in which the checksum's own octets are zero} */
    static int of(InetAddress source, InetAddress destination, int protocol, byte[] payload) {
        return folded(sum(source.getAddress())
                + sum(destination.getAddress())
                + (payload.length >>> 16)
                + (payload.length & 0xffff)
                + protocol
                + sum(payload));
    }

    private static long sum(byte[] octets) {
        long sum = 0;
        ByteBuffer words = ByteBuffer.wrap(octets);
        while (words.remaining() > 1) {
            sum += words.getShort() & 0xffff;
        }
        return words.hasRemaining() ? sum + ((words.get() & 0xff) << 8) : sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) ~folded & 0xffff;
    }
}
