package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What files of one interface are made of, in each format and byte order. */
enum FileForm {
    PCAP_LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN, false),
    PCAP_BIG_ENDIAN(ByteOrder.BIG_ENDIAN, false),
    PCAPNG_LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN, true),
    PCAPNG_BIG_ENDIAN(ByteOrder.BIG_ENDIAN, true);

    final ByteOrder order;
    final boolean blocks;

    FileForm(ByteOrder order, boolean blocks) {
        this.order = order;
        this.blocks = blocks;
    }

    byte[] header() {
        return blocks
                ? new PcapngSample(order)
                        .section()
                        .description(1, 0, new byte[0])
                        .octets()
                : ByteBuffer.allocate(24)
                        .order(order)
                        .putInt(0xa1b2c3d4)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(262_144)
                        .putInt(1)
                        .array();
    }

    byte[] record(long millis, byte[] data) {
        if (blocks) {
            return new PcapngSample(order)
                    .enhanced(0, millis * 1_000, data, data.length)
                    .octets();
        }
        return ByteBuffer.allocate(16 + data.length)
                .order(order)
                .putInt((int) (millis / 1_000))
                .putInt((int) (millis % 1_000 * 1_000))
                .putInt(data.length)
                .putInt(data.length)
                .put(data)
                .array();
    }

    int capturedLengthAt() {
        return blocks ? 20 : 8;
    }
}
