package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The options of a TCP segment, in Linux's order. Sources: RFC 9293, section 3.1; RFC 7323, sections 2.2 and 3.2; RFC 2018,
 * sections 2 and 3.
 *
 * @param mss of a SYN; 0 in other segments
 * @param sacked what arrived out of order, as sequence numbers: at most three ranges beside timestamps, else four
 */
record TcpOptions(int mss, boolean timestamps, long value, long echo, List<Range> sacked) {
    static final int TIMESTAMPS = 12;
    static final int WINDOW_SCALE = 7;

    private static final byte NOP = 1;

    /** From the first octet to the one behind the last. */
    record Range(long from, long to) {}

    byte[] octets() {
        ByteBuffer to = ByteBuffer.allocate(40);
        if (mss > 0) {
            syn(to);
        } else if (timestamps) {
            times(to.put(NOP).put(NOP));
        }
        if (!sacked.isEmpty()) {
            to.put(NOP).put(NOP).put((byte) 5).put((byte) (2 + 8 * sacked.size()));
            sacked.forEach(range -> to.putInt((int) range.from()).putInt((int) range.to()));
        }
        byte[] octets = new byte[to.position()];
        to.flip().get(octets);
        return octets;
    }

    private void syn(ByteBuffer to) {
        to.put((byte) 2).put((byte) 4).putShort((short) mss);
        if (timestamps) {
            times(to.put((byte) 4).put((byte) 2));
        } else {
            to.put(NOP).put(NOP).put((byte) 4).put((byte) 2);
        }
        to.put(NOP).put((byte) 3).put((byte) 3).put((byte) WINDOW_SCALE);
    }

    private void times(ByteBuffer to) {
        to.put((byte) 8).put((byte) 10).putInt((int) value).putInt((int) echo);
    }
}
