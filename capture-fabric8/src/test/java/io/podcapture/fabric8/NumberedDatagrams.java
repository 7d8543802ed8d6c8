package io.podcapture.fabric8;

import io.podcapture.testkit.PacketSource;
import io.podcapture.testkit.cluster.SimulatedPod;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lets a simulated pod send datagrams to port 9, a microsecond after one another. */
final class NumberedDatagrams implements PacketSource {
    private static final long BEGIN = 1_767_225_600_000_000_000L;

    private final Eye eye;
    private final String interfaceName;
    private final List<byte[]> sent = new ArrayList<>();

    /** What sees packets: a pod or a node. */
    interface Eye {
        void see(String interfaceName, boolean sent, long timestampNanos, ByteBuffer frame);
    }

    NumberedDatagrams(SimulatedPod pod, String interfaceName) {
        this(pod::see, interfaceName);
    }

    NumberedDatagrams(Eye eye, String interfaceName) {
        this.eye = eye;
        this.interfaceName = interfaceName;
    }

    @Override
    public void send(int count) {
        for (int i = 0; i < count; i++) {
            byte[] frame = frame("packet-" + sent.size());
            eye.see(interfaceName, true, BEGIN + sent.size() * 1000L, ByteBuffer.wrap(frame));
            sent.add(frame);
        }
    }

    /** Lets the interface see them once more, as received. */
    void receive() {
        for (int i = 0; i < sent.size(); i++) {
            eye.see(interfaceName, false, BEGIN + i * 1000L, ByteBuffer.wrap(sent.get(i)));
        }
    }

    /** Returns the frames of all, in order. */
    List<byte[]> sent() {
        return sent;
    }

    private static byte[] frame(String payload) {
        byte[] data = payload.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(42 + data.length);
        frame.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + data.length));
        frame.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.put(new byte[] {10, (byte) 244, 0, 2, 10, (byte) 244, 0, 3});
        frame.putShort((short) 40000).putShort((short) 9).putShort((short) (8 + data.length));
        return frame.putShort((short) 0).put(data).array();
    }
}
