package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** A TCP segment in IPv4 or IPv6 on Ethernet, as a reader of the octets finds it. */
record Segment(long nanos, boolean sent, int from, int to, long sequence, long acknowledgment, int flags, int length) {
    /** {@return the segments among packets, in their order} */
    static List<Segment> of(List<WirePacket> packets) {
        return packets.stream().filter(Segment::isTcp).map(Segment::of).toList();
    }

    private static boolean isTcp(WirePacket packet) {
        ByteBuffer data = packet.data();
        return data.getShort(12) == 0x0800 && data.get(23) == 6
                || data.getShort(12) == (short) 0x86dd && data.get(20) == 6;
    }

    private static Segment of(WirePacket packet) {
        ByteBuffer data = packet.data();
        int tcp = data.getShort(12) == 0x0800 ? 34 : 54;
        int header = (data.get(tcp + 12) & 0xf0) >> 2;
        return new Segment(
                packet.timestampNanos(),
                packet.sent(),
                data.getShort(tcp) & 0xffff,
                data.getShort(tcp + 2) & 0xffff,
                data.getInt(tcp + 4) & 0xffff_ffffL,
                data.getInt(tcp + 8) & 0xffff_ffffL,
                data.get(tcp + 13) & 0xff,
                data.remaining() - tcp - header);
    }

    /** {@return as tcpdump shows flags and length, with an arrow for its direction} */
    String shape() {
        StringBuilder shape = new StringBuilder(sent ? ">" : "<");
        for (int bit = 0; bit < 5; bit++) {
            if ((flags >> bit & 1) == 1) {
                shape.append("FSRP.".charAt(bit));
            }
        }
        return shape.append(length > 0 ? length : "").toString();
    }
}
