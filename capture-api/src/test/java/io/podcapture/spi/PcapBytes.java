package io.podcapture.spi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes pcap streams, octet by octet. */
public final class PcapBytes {
    public static final int ETHERNET = 1;
    public static final int LINUX_SLL = 113;
    public static final int LINUX_SLL2 = 276;
    public static final int MICROSECONDS = 0xa1b2c3d4;
    public static final int NANOSECONDS = 0xa1b23c4d;

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PcapBytes(ByteOrder order) {
        this.order = order;
    }

    public static PcapBytes begin(ByteOrder order, int magic, int linkType) {
        PcapBytes bytes = new PcapBytes(order);
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144);
        bytes.out.writeBytes(header.putInt(linkType).array());
        return bytes;
    }

    public static PcapBytes ethernet() {
        return begin(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, ETHERNET);
    }

    public PcapBytes record(byte... data) {
        return recordHeader(data.length, data.length).raw(data);
    }

    public PcapBytes recordHeader(int captured, int original) {
        ByteBuffer header = ByteBuffer.allocate(16).order(order);
        out.writeBytes(header.putInt(1_700_000_000)
                .putInt(5)
                .putInt(captured)
                .putInt(original)
                .array());
        return this;
    }

    public PcapBytes raw(byte... octets) {
        out.writeBytes(octets);
        return this;
    }

    public int size() {
        return out.size();
    }

    public byte[] array() {
        return out.toByteArray();
    }
}
