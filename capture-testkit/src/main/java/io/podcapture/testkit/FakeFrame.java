package io.podcapture.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes Ethernet frames with a UDP datagram in them; checksums as hardware that computes them later leaves them: zero. */
final class FakeFrame {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int UDP = 8;

    private FakeFrame() {}

    static byte[] udp(byte[] source, String payload) {
        byte[] data = payload.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IPV4 + UDP + data.length);
        frame.put(new byte[] {2, 0, 0, 0, 0, (byte) 254}).put(new byte[] {2, 0, 0, 0, 0, source[3]});
        frame.putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + UDP + data.length));
        frame.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.put(source).put(new byte[] {10, 0, 0, (byte) 254});
        frame.putShort((short) 40000)
                .putShort((short) 5353)
                .putShort((short) (UDP + data.length))
                .putShort((short) 0);
        return frame.put(data).array();
    }
}
