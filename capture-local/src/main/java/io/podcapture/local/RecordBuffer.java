package io.podcapture.local;

import io.podcapture.spi.PacketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes a pcap stream of packets: gathers records and writes many at once. Used by one thread at a time.
 *
 * <p>Source: draft-ietf-opsawg-pcap, "General File Structure" and "Packet Record".
 */
final class RecordBuffer {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int AT_LEAST = 1 << 16;
    private static final int MICROSECOND_MAGIC = 0xa1b2c3d4;
    private static final int NANOSECOND_MAGIC = 0xa1b23c4d;

    private final PacketSink sink;
    private final ByteBuffer buffer;

    RecordBuffer(PacketSink sink, int snaplen) {
        this.sink = sink;
        this.buffer = ByteBuffer.allocate(Math.max(AT_LEAST, FILE_HEADER + RECORD_HEADER + snaplen))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins the file, and writes its header at once: it tells that the capture is ready. */
    void beginFile(boolean nanoseconds, int snaplen, int linkType) throws IOException {
        buffer.putInt(nanoseconds ? NANOSECOND_MAGIC : MICROSECOND_MAGIC);
        buffer.putShort((short) 2).putShort((short) 4);
        buffer.putInt(0).putInt(0).putInt(snaplen).putInt(linkType);
        flush();
    }

    /**
     * Begins a record.
     *
     * @return where its octets belong in {@link #octets}, all of them, before the next call
     * @throws IOException if it had no room before others were written, and that failed
     */
    int begin(int seconds, int fraction, int captured, int original) throws IOException {
        if (captured < 0 || captured > buffer.capacity() - RECORD_HEADER) {
            throw new IOException("libpcap gave a packet of " + captured + " octets, above the snapshot length");
        }
        if (buffer.remaining() < RECORD_HEADER + captured) {
            flush();
        }
        buffer.putInt(seconds).putInt(fraction).putInt(captured).putInt(original);
        int at = buffer.position();
        buffer.position(at + captured);
        return at;
    }

    byte[] octets() {
        return buffer.array();
    }

    /** Writes what has been gathered. */
    void flush() throws IOException {
        int length = buffer.position();
        buffer.clear();
        if (length > 0) {
            sink.write(buffer.array(), 0, length);
        }
    }
}
