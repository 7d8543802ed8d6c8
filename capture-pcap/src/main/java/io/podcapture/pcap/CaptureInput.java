package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * The octets of a capture file in order, through one buffer that holds the block or record at hand.
 *
 * <p>Grows only as octets arrive, so that a length field alone makes nothing be allocated.
 */
final class CaptureInput implements Closeable {
    private final Source source;
    private ByteBuffer buffer;
    private ByteBuffer view;
    private int start;
    private int end;
    private long startOffset;
    private boolean ended;

    CaptureInput(Source source, int bufferOctets) {
        this.source = source;
        buffer = ByteBuffer.allocate(bufferOctets);
        view = buffer.asReadOnlyBuffer();
    }

    /** Reads until {@code wanted} octets are at hand or the file ends; returns how many are. */
    int fill(int wanted) throws IOException {
        while (end - start < wanted && !ended) {
            makeRoom(wanted);
            int count = source.read(buffer.limit(buffer.capacity()).position(end));
            if (count == 0) {
                throw new IOException(
                        "cannot read capture file: the source gave no octet; is it in non-blocking mode?");
            }
            if (count < 0) {
                ended = true;
            } else {
                end += count;
            }
        }
        return end - start;
    }

    /** Gives up {@code count} octets that are at hand; views of them stay valid until the next fill. */
    void skip(int count) {
        start += count;
        startOffset += count;
    }

    void order(ByteOrder order) {
        buffer.order(order);
    }

    ByteOrder order() {
        return buffer.order();
    }

    /** The offset in the file of the next octet. */
    long offset() {
        return startOffset;
    }

    /** The index in {@link #buffer()} of the next octet. */
    int position() {
        return start;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int u16(int at) {
        return buffer.getShort(start + at) & 0xffff;
    }

    long u32(int at) {
        return buffer.getInt(start + at) & 0xffff_ffffL;
    }

    ByteBuffer view(int position, int length) {
        return view.limit(position + length).position(position).order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void makeRoom(int wanted) {
        if (start > 0) {
            buffer.limit(end).position(start).compact();
            end -= start;
            start = 0;
        }
        if (end == buffer.capacity()) {
            int capacity = Math.min(wanted, 2 * buffer.capacity());
            buffer = ByteBuffer.allocate(capacity).order(buffer.order()).put(0, buffer, 0, end);
            view = buffer.asReadOnlyBuffer();
        }
    }

    /** Where octets come from; gives at least one, or a negative count at the end. */
    interface Source extends Closeable {
        int read(ByteBuffer into) throws IOException;
    }

    record StreamSource(InputStream in) implements Source {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    record ChannelSource(ReadableByteChannel channel) implements Source {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
