package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Little-endian fields and octets, written through one buffer. */
final class CaptureOutput implements Closeable {
    private static final int BUFFER_OCTETS = 256 << 10;

    private final Sink sink;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_OCTETS).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    CaptureOutput(Sink sink) {
        this.sink = sink;
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
        flushed += buffer.limit();
        try {
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
        } finally {
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        try (sink) {
            flush();
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

    /** A channel that its user closes. */
    record LentSink(WritableByteChannel channel) implements Sink {
        @Override
        public void write(ByteBuffer from) throws IOException {
            channel.write(from);
        }

        @Override
        public void close() {}
    }
}
