package io.podcapture.pcap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Composes pcapng of either byte order block by block, legal or not. */
final class PcapngSample {
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PcapngSample(ByteOrder order) {
        this.order = order;
    }

    byte[] octets() {
        return out.toByteArray();
    }

    int length() {
        return out.size();
    }

    PcapngSample raw(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    PcapngSample section(long length, byte[]... options) {
        ByteBuffer fixed = buffer(16).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0);
        return block(0x0a0d0d0a, fixed.putLong(length).array(), joined(options));
    }

    PcapngSample section(byte[]... options) {
        return section(-1, options);
    }

    PcapngSample description(int linkType, int snaplen, byte[]... options) {
        ByteBuffer fixed = buffer(8).putShort((short) linkType).putShort((short) 0);
        return block(1, fixed.putInt(snaplen).array(), joined(options));
    }

    PcapngSample enhanced(int id, long ticks, byte[] data, int original, byte[]... options) {
        ByteBuffer fixed = buffer(20).putInt(id).putInt((int) (ticks >>> 32)).putInt((int) ticks);
        return block(6, fixed.putInt(data.length).putInt(original).array(), padded(data), joined(options));
    }

    PcapngSample obsolete(int id, int drops, long ticks, byte[] data, int original, byte[]... options) {
        ByteBuffer fixed = buffer(20).putShort((short) id).putShort((short) drops);
        fixed.putInt((int) (ticks >>> 32)).putInt((int) ticks);
        return block(2, fixed.putInt(data.length).putInt(original).array(), padded(data), joined(options));
    }

    PcapngSample simple(byte[] data, int original) {
        return block(3, buffer(4).putInt(original).array(), padded(data));
    }

    PcapngSample block(int type, byte[]... body) {
        byte[] whole = padded(joined(body));
        int length = whole.length + 12;
        out.writeBytes(buffer(8).putInt(type).putInt(length).array());
        out.writeBytes(whole);
        out.writeBytes(buffer(4).putInt(length).array());
        return this;
    }

    byte[] option(int code, byte[] value) {
        byte[] head =
                buffer(4).putShort((short) code).putShort((short) value.length).array();
        return joined(head, padded(value));
    }

    byte[] option(int code, String text) {
        return option(code, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] option32(int code, int value) {
        return option(code, buffer(4).putInt(value).array());
    }

    byte[] option64(int code, long value) {
        return option(code, buffer(8).putLong(value).array());
    }

    byte[] number(int value) {
        return buffer(4).putInt(value).array();
    }

    byte[] shorts(int... values) {
        ByteBuffer to = buffer(2 * values.length);
        for (int value : values) {
            to.putShort((short) value);
        }
        return to.array();
    }

    byte[] end() {
        return new byte[4];
    }

    private ByteBuffer buffer(int octets) {
        return ByteBuffer.allocate(octets).order(order);
    }

    private static byte[] padded(byte[] octets) {
        return java.util.Arrays.copyOf(octets, octets.length + 3 & ~3);
    }

    private static byte[] joined(byte[]... parts) {
        return GzipTest.join(parts);
    }
}
