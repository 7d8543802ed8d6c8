package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/** An Ethernet frame as a capture shows it: without padding and frame check sequence, as on a veth. */
record Frame(Mac destination, Mac source, Content content) {
    static final int HEADER = 14;

    byte[] octets() {
        byte[] carried = content.octets();
        ByteBuffer to = ByteBuffer.allocate(HEADER + carried.length);
        destination.put(to);
        source.put(to);
        return to.putShort((short) content.etherType()).put(carried).array();
    }
}
