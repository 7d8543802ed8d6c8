package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Little-endian fields and octets, written through one buffer. */
final class CaptureOutput implements Closeable {
    static final int BUFFER_OCTETS = 256 << 10;

    private final Drain drain;
    private ByteBuffer buffer;

    /** Where in the buffer to write next. Kept here, for to ask the buffer costs a call for each field. */
    private int at;

    private long flushed;

    /** Where in the file the last record or block begins. */
    private long lastBegun;

    CaptureOutput(Sink sink) {
        this(new DirectDrain(sink));
    }

    CaptureOutput(Drain drain) {
        this.drain = drain;
        buffer = drain.empty().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a record or block: one that fits a buffer is never split between two, so that what reached the sink ends
     * with a whole one.
     *
     * @return whether all of it fits; if not, it is to be written by what makes room for itself
     */
    boolean begin(int octets) throws IOException {
        reserve(Math.min(octets, BUFFER_OCTETS));
        lastBegun = flushed + at;
        return octets <= BUFFER_OCTETS;
    }

    /** Writes a record that is at hand as it is to be. */
    void record(ByteBuffer from, int position, int length) throws IOException {
        if (BUFFER_OCTETS - at < length && !begin(length)) {
            octets(from, position, length);
            return;
        }
        lastBegun = flushed + at;
        buffer.put(at, from, position, length);
        at += length;
    }

    /** Writes a record: two times two 32-bit fields, of which the first is in the low half, and octets. */
    void record(long fields, long moreFields, ByteBuffer from, int position, int length) throws IOException {
        if (begin(2 * Long.BYTES + length)) {
            buffer.putLong(at, fields).putLong(at + 8, moreFields).put(at + 16, from, position, length);
            at += 16 + length;
        } else {
            u64(fields).u64(moreFields).octets(from, position, length);
        }
    }

    /** Writes an Enhanced Packet Block without options. */
    void packetBlock(int id, long ticks, ByteBuffer from, int position, int captured, long original)
            throws IOException {
        int length = 32 + (captured + 3 & ~3);
        if (!begin(length)) {
            packetHeader(length, id, ticks, captured, original).octets(from, position, captured);
            padding(-captured & 3);
            reserve(4).u32(length);
            return;
        }
        buffer.putLong(at, (long) length << 32 | PcapngCodes.ENHANCED_PACKET)
                .putLong(at + 8, ticks & ~0xffff_ffffL | id)
                .putLong(at + 16, (long) captured << 32 | ticks & 0xffff_ffffL)
                // With the padding, and before what else may be there: the original length, or data.
                .putLong(at + length - 8, (long) length << 32)
                .putInt(at + 24, (int) original)
                .put(at + 28, from, position, captured);
        at += length;
    }

    /** The fields of an Enhanced Packet Block before its data; it is to be begun before. */
    CaptureOutput packetHeader(int length, int id, long ticks, int captured, long original) {
        return u32(PcapngCodes.ENHANCED_PACKET)
                .u32(length)
                .u32(id)
                .u32(ticks >>> 32)
                .u32(ticks)
                .u32(captured)
                .u32(original);
    }

    /** Makes room for the fields that follow: at most as many octets as the buffer has. */
    CaptureOutput reserve(int octets) throws IOException {
        if (BUFFER_OCTETS - at < octets) {
            flush();
        }
        return this;
    }

    CaptureOutput u16(int value) {
        buffer.putShort(at, (short) value);
        at += Short.BYTES;
        return this;
    }

    CaptureOutput u32(long value) {
        buffer.putInt(at, (int) value);
        at += Integer.BYTES;
        return this;
    }

    CaptureOutput u64(long value) {
        buffer.putLong(at, value);
        at += Long.BYTES;
        return this;
    }

    void octets(ByteBuffer from, int position, int length) throws IOException {
        int next = position;
        int left = length;
        while (left > 0) {
            reserve(1);
            int part = Math.min(left, BUFFER_OCTETS - at);
            buffer.put(at, from, next, part);
            at += part;
            next += part;
            left -= part;
        }
    }

    void padding(int octets) throws IOException {
        reserve(octets);
        for (int i = 0; i < octets; i++) {
            buffer.put(at++, (byte) 0);
        }
    }

    /** How many octets were written, flushed or not. */
    long offset() {
        return flushed + at;
    }

    void flush() throws IOException {
        int octets = at;
        at = 0;
        boolean splits = lastBegun < flushed;
        buffer.limit(octets).position(0);
        buffer = drain.exchange(buffer, splits ? lastBegun : flushed).order(ByteOrder.LITTLE_ENDIAN);
        flushed += octets;
    }

    @Override
    public void close() throws IOException {
        try (drain) {
            flush();
        }
    }

    /** Takes full buffers for empty ones. */
    interface Drain extends Closeable {
        /** A first buffer. */
        ByteBuffer empty();

        /**
         * Takes what is between the buffer's position and limit.
         *
         * @param whole up to which octet of the output there are whole records and blocks before this buffer
         * @return an empty one, perhaps the same; also at a failure the one given is empty afterwards
         */
        ByteBuffer exchange(ByteBuffer full, long whole) throws IOException;
    }

    /** Writes at once. */
    private record DirectDrain(Sink sink) implements Drain {
        @Override
        public ByteBuffer empty() {
            return ByteBuffer.allocate(BUFFER_OCTETS);
        }

        @Override
        public ByteBuffer exchange(ByteBuffer full, long whole) throws IOException {
            try {
                while (full.hasRemaining()) {
                    sink.write(full);
                }
            } finally {
                full.clear();
            }
            return full;
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    /** Where octets go; takes some or all of the buffer. */
    interface Sink extends Closeable {
        void write(ByteBuffer from) throws IOException;
    }

    record StreamSink(OutputStream out) implements Sink {
        @Override
        public void write(ByteBuffer from) throws IOException {
            out.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
            from.position(from.limit());
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    record ChannelSink(WritableByteChannel channel) implements Sink {
        @Override
        public void write(ByteBuffer from) throws IOException {
            channel.write(from);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
