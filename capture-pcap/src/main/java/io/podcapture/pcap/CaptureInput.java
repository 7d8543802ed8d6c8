package io.podcapture.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a capture file in order, through one buffer that holds the block or record at hand.
 *
 * <p>Grows only as octets arrive, so that a length field alone makes nothing be allocated.
 */
final class CaptureInput implements Closeable {
    private OctetSource source;

    /** The buffer that is always there; more is taken only where a block is larger. */
    private final ByteBuffer own;

    /** The source, if it is one that gives whole chunks in place of octets to be copied. */
    private @Nullable ReadAhead ahead;

    private boolean inChunk;

    ByteBuffer buffer;
    private ByteBuffer view;
    int start;
    int end;
    long startOffset;
    private boolean ended;
    private boolean grows;
    private @Nullable PcapFormatException endedBy;

    CaptureInput(OctetSource source, ByteBuffer own) {
        this.source = source;
        this.own = own;
        buffer = own;
        view = buffer.asReadOnlyBuffer();
    }

    /** Reads until {@code wanted} octets are at hand or the file ends; returns how many are. */
    int fill(int wanted) throws IOException {
        while (end - start < wanted && !ended) {
            int count = read(wanted);
            if (count < 0) {
                ended = !mayGrow();
                break;
            }
            end += count;
        }
        return end - start;
    }

    /** What is at hand is to be read first, so that a file's packets before damage of its compression are given. */
    private int read(int wanted) throws IOException {
        if (ahead != null && ahead.atChunk() && end - start <= ReadAhead.Chunk.HEADROOM) {
            return take(ahead.next());
        }
        makeRoom(wanted);
        try {
            return source.readSome(buffer.limit(buffer.capacity()).position(end));
        } catch (PcapFormatException e) {
            endedBy = e;
            return -1;
        }
    }

    /** Goes on in the chunk's own memory, with what is at hand in front of it. */
    private int take(ReadAhead.@Nullable Chunk chunk) {
        if (chunk == null) {
            return -1;
        }
        int left = end - start;
        int begin = ReadAhead.Chunk.HEADROOM - left;
        chunk.buffer.order(buffer.order()).put(begin, buffer, start, left);
        buffer = chunk.buffer;
        view = chunk.view;
        inChunk = true;
        start = begin;
        end = ReadAhead.Chunk.HEADROOM;
        return chunk.octets;
    }

    /**
     * Has the rest be read by a thread of its own too, if it is much of a plain file, and there are processors for two. For
     * an operation that reads one file to its end.
     */
    CaptureInput readAhead() throws IOException {
        if (source instanceof FileSource file
                && Runtime.getRuntime().availableProcessors() > 1
                && file.left() >= ReadAhead.LEAST_OCTETS) {
            ahead = file.readAhead();
            source = ahead;
        }
        return this;
    }

    /** Whether the file ends here. Throws if it ought to go on, but cannot be decompressed further. */
    boolean endsHere() throws IOException {
        if (fill(1) > 0) {
            return false;
        }
        if (endedBy != null) {
            throw endedBy;
        }
        return true;
    }

    /** Says where in the file the source begins. */
    CaptureInput startingAt(long offset) {
        startOffset = offset;
        return this;
    }

    /** Makes the source's end one for now only. */
    CaptureInput grows() {
        grows = true;
        return this;
    }

    boolean mayGrow() {
        return grows && endedBy == null;
    }

    /** Whether the source has come to its end; what is at hand may still be read. */
    boolean ended() {
        return ended;
    }

    /** Why the block or record at hand is not whole. */
    PcapFormatException cut(String format, String block, long required) {
        return endedBy != null
                ? endedBy
                : PcapFormatException.truncated(format, block, startOffset, required, end - start);
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

    /** The index in {@link #buffer()} behind what is at hand. */
    int limit() {
        return end;
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

    /** Whether the next octets, an even number of words that are at hand, are all zero. */
    boolean isZero(int count) {
        for (int at = 0; at < count; at += Long.BYTES) {
            if (buffer.getLong(start + at) != 0) {
                return false;
            }
        }
        return true;
    }

    ByteBuffer view(int position, int length) {
        return view.limit(position + length).position(position).order(ByteOrder.BIG_ENDIAN);
    }

    /** How many octets of memory it has taken beyond its own buffer. */
    int grown() {
        return buffer == own || inChunk ? 0 : buffer.capacity();
    }

    /**
     * Gives back what {@link #grown} tells, if what is at hand can be read once more: the next octets are then those
     * that were at hand from {@code behind} octets before the position on.
     *
     * @return false if it cannot, so that all is as it was
     */
    boolean giveBack(int behind) {
        if (!(source instanceof FileSource file)) {
            return false;
        }
        startOffset -= behind;
        file.seek(startOffset);
        start = 0;
        end = 0;
        ended = false;
        buffer = own.order(buffer.order());
        view = buffer.asReadOnlyBuffer();
        return true;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void makeRoom(int wanted) {
        if (inChunk) {
            leaveChunk(wanted);
        }
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

    /** A chunk's memory is soon another's, so what is longer than a chunk is put together elsewhere. */
    private void leaveChunk(int wanted) {
        int left = end - start;
        ByteBuffer to = left < own.capacity() ? own : ByteBuffer.allocate(Math.min(wanted, 2 * left));
        buffer = to.clear().order(buffer.order()).put(0, buffer, start, left);
        view = buffer.asReadOnlyBuffer();
        inChunk = false;
        start = 0;
        end = left;
    }
}
