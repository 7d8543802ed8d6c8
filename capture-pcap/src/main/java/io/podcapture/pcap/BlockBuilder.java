package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Assembles a pcapng block whose length is known only at its end: all but packets.
 *
 * <p>Texts that do not fit an option are cut before a character and end with an ellipsis.
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "General Block Structure", "Options".
 */
final class BlockBuilder {
    static final int MAX_OPTION_LENGTH = 0xffff;

    private static final byte[] ELLIPSIS = "\u2026".getBytes(StandardCharsets.UTF_8);

    private ByteBuffer block;
    private boolean hasOptions;

    BlockBuilder(int type) {
        this(type, 512);
    }

    BlockBuilder(int type, int expectedLength) {
        block = ByteBuffer.allocate(expectedLength).order(ByteOrder.LITTLE_ENDIAN);
        u32(type).u32(0);
    }

    BlockBuilder u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    BlockBuilder u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    BlockBuilder u64(long value) {
        room(8).putLong(value);
        return this;
    }

    /** A 64-bit time as its high and its low word. */
    BlockBuilder ticks(long ticks) {
        return u32(ticks >>> 32).u32(ticks);
    }

    BlockBuilder octets(byte[] octets) {
        room(octets.length).put(octets);
        return this;
    }

    BlockBuilder octets(ByteBuffer from, int position, int length) {
        room(length).put(block.position(), from, position, length).position(block.position() + length);
        return this;
    }

    BlockBuilder pad() {
        while (block.position() % 4 != 0) {
            room(1).put((byte) 0);
        }
        return this;
    }

    /** Begins an option whose value, of {@code length} octets, is put next. */
    BlockBuilder option(int code, int length) {
        hasOptions = true;
        return u16(code).u16(length);
    }

    BlockBuilder option(int code, byte[] value) {
        return option(code, value.length).octets(value).pad();
    }

    BlockBuilder text(int code, Optional<String> text) {
        return text.isPresent() ? option(code, cut(text.get(), MAX_OPTION_LENGTH)) : this;
    }

    /** A text behind one octet that tells its kind. */
    BlockBuilder text(int code, int kind, Optional<String> text) {
        if (text.isPresent()) {
            byte[] octets = cut(text.get(), MAX_OPTION_LENGTH - 1);
            option(code, octets.length + 1);
            room(1).put((byte) kind);
            octets(octets).pad();
        }
        return this;
    }

    /** All that was put so far. */
    ByteBuffer content() {
        return block.duplicate().flip();
    }

    int length() {
        return block.position();
    }

    int type() {
        return block.getInt(0);
    }

    /** The interface that statistics are of. */
    int interfaceId() {
        return block.getInt(8);
    }

    void interfaceId(int id) {
        block.putInt(8, id);
    }

    void writeTo(CaptureOutput out) throws IOException {
        if (hasOptions) {
            u32(0);
        }
        int length = block.position() + 4;
        u32(length);
        block.putInt(4, length);
        out.begin(length);
        out.octets(block, 0, length);
    }

    static byte[] cut(String text, int limit) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= limit) {
            return octets;
        }
        int end = limit - ELLIPSIS.length;
        while ((octets[end] & 0xc0) == 0x80) {
            end--;
        }
        byte[] cut = new byte[end + ELLIPSIS.length];
        System.arraycopy(octets, 0, cut, 0, end);
        System.arraycopy(ELLIPSIS, 0, cut, end, ELLIPSIS.length);
        return cut;
    }

    private ByteBuffer room(int octets) {
        if (block.remaining() < octets) {
            int capacity = Math.max(2 * block.capacity(), block.position() + octets);
            block = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(block.flip());
        }
        return block;
    }
}
