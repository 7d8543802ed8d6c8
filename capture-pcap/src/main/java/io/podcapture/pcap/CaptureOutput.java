package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Little-endian fields and octets, written through one buffer. */
final class CaptureOutput implements Closeable {
    static final int BUFFER_OCTETS = 256 << 10;

    private final Drain drain;
    private ByteBuffer buffer;
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
     */
    CaptureOutput begin(int octets) throws IOException {
        reserve(Math.min(octets, buffer.capacity()));
        lastBegun = flushed + buffer.position();
        return this;
    }

    /**
     * Begins a record or block, and gives the buffer to write all of it from its position on, and to move that behind it.
     * Null if no buffer is so large; then what is written goes through the methods below.
     */
    @Nullable
    ByteBuffer whole(int octets) throws IOException {
        begin(octets);
        return buffer.remaining() < octets ? null : buffer;
    }

    /** Writes a record that is at hand as it is to be. */
    void record(ByteBuffer from, int position, int length) throws IOException {
        ByteBuffer to = whole(length);
        if (to == null) {
            octets(from, position, length);
        } else {
            int at = to.position();
            to.put(at, from, position, length).position(at + length);
        }
    }

    /** Writes a record: two times two 32-bit fields, of which the first is in the low half, and octets. */
    void record(long fields, long moreFields, ByteBuffer from, int position, int length) throws IOException {
        int octets = 2 * Long.BYTES + length;
        ByteBuffer to = whole(octets);
        if (to == null) {
            u64(fields).u64(moreFields).octets(from, position, length);
        } else {
            int at = to.position();
            to.putLong(at, fields).putLong(at + 8, moreFields).put(at + 16, from, position, length);
            to.position(at + octets);
        }
    }

    /** Makes room for the fields that follow: at most as many octets as the buffer has. */
    CaptureOutput reserve(int octets) throws IOException {
        if (buffer.remaining() < octets) {
            flush();
        }
        return this;
    }

    CaptureOutput u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    CaptureOutput u32(long value) {
        buffer.putInt((int) value);
        return this;
    }

    CaptureOutput u64(long value) {
        buffer.putLong(value);
        return this;
    }

    void octets(ByteBuffer from, int position, int length) throws IOException {
        int at = position;
        int left = length;
        while (left > 0) {
            reserve(1);
            int part = Math.min(left, buffer.remaining());
            buffer.put(buffer.position(), from, at, part).position(buffer.position() + part);
            at += part;
            left -= part;
        }
    }

    void padding(int octets) throws IOException {
        reserve(octets);
        for (int i = 0; i < octets; i++) {
            buffer.put((byte) 0);
        }
    }

    /** How many octets were written, flushed or not. */
    long offset() {
        return flushed + buffer.position();
    }

    void flush() throws IOException {
        buffer.flip();
        int octets = buffer.limit();
        boolean splits = lastBegun < flushed;
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
